import SourceText
import YAML

/// The documents of rendered files in the order in which Helm prints them.
package struct SortedManifests {
  package private(set) var manifests: [Manifest] = []
  package private(set) var hooks: [Manifest] = []
  /// Annotations of documents that Helm drops because a hook event in them is unknown.
  package private(set) var unknownHooks: [String] = []

  /// Cuts `files` (in any order) into documents, reads the head of each, and sorts hooks and manifests by kind.
  package init(_ files: [RenderedFile]) throws(ManifestFailure) {
    for index in Self.printingOrder(files) { try add(files[index], at: index) }
    manifests = Self.sortedByKind(manifests)
    hooks = Self.sortedByKind(hooks)
  }

  /// Files in bytewise order of their paths, partials left out.
  private static func printingOrder(_ files: [RenderedFile]) -> [Int] {
    let keys = files.map { ByteString($0.path) }
    return files.indices
      .filter { !isPartial(files[$0].path) }
      .sorted { keys[$0] < keys[$1] }
  }

  private static func isPartial(_ path: String) -> Bool {
    guard let name = path.split(separator: "/").last else { return false }
    return name.hasPrefix("_")
  }

  private mutating func add(_ file: RenderedFile, at index: Int) throws(ManifestFailure) {
    for range in documentRanges(in: file.text.bytes) {
      let head: ManifestHead
      do {
        head = try ManifestHead(of: file.text.bytes, in: range)
      } catch {
        throw ManifestFailure(file: file, document: range, error: error)
      }
      guard let annotation = head.annotations["helm.sh/hook"] else {
        manifests.append(Manifest(file: index, range: range, head: head, events: nil))
        continue
      }
      guard let events = HookEvent.events(of: annotation) else {
        unknownHooks.append(annotation)
        continue
      }
      hooks.append(Manifest(file: index, range: range, head: head, events: events))
    }
  }

  /// Stable: documents of one kind stay in the order in which they were found.
  private static func sortedByKind(_ manifests: [Manifest]) -> [Manifest] {
    let keys = manifests.map { (rank: InstallOrder.rank(of: $0.head.kind), kind: ByteString($0.head.kind)) }
    return manifests.indices
      .sorted { left, right in
        if keys[left].rank != keys[right].rank { return keys[left].rank < keys[right].rank }
        let order = keys[left].kind.compared(to: keys[right].kind)
        return order == 0 ? left < right : order < 0
      }
      .map { manifests[$0] }
  }
}
