import Diagnostics
import Kubernetes

extension Check {
  /// `heap-exceeds-limit`: a heap that does not fit into the memory limit.
  package static let heapExceedsLimit = Check.container { container, workload, context in
    guard !workload.object.hook.isTest else { return .exempt("test-object") }
    let search = HeapSearch(container)
    guard !search.isExpanded else {
      return .unknown(Undecided("the heap of `\(container.title)` is left to the environment"))
    }
    guard let heap = search.found else { return .pass }
    guard let node = container.resources[.limits, "memory"], let limit = Quantity(node), !limit.isZero else {
      return .exempt("no-limit")
    }
    let share = Double(heap.bytes) / Double(limit.units)
    guard share > context.options.number("ratio") else { return .pass }
    // The heap and what the program needs besides: a third more.
    let room = heap.bytes / 3 &* 4
    return .finding(
      context.finding(
        heap.bytes > limit.units ? .error : .warning, in: workload.object, at: heap.place,
        related: [Related(.value(node), "the limit")],
        holes: [
          Hole("container", container.title), Hole("heap", heap.text), Hole("limit", node.scalar ?? ""),
          Hole("room", "\(room >> 20)Mi"),
        ]))
  }
}
