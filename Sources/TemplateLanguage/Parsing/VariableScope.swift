/// The variables in scope while a template is parsed, innermost last. Each is found by its symbol without a search,
/// so that a template of a hundred thousand variables is parsed in time linear in its length.
struct VariableScope {
  private struct Entry {
    var symbol: Int
    /// What `visible` and `certain` said before this entry.
    var outerVisible: Bool
    var outerCertain: Int32?
  }

  private var entries: [Entry] = []
  /// By symbol: whether the parser knows a variable of that name.
  private var visible: [Bool] = []
  /// By symbol: the place, in the stack of variables at run time, of the innermost one that surely exists then.
  private var certain: [Int32?] = []

  /// Holds `$`.
  init() { append(0, slot: 0) }

  var count: Int { entries.count }

  func contains(_ symbol: Int32) -> Bool { Int(symbol) < visible.count && visible[Int(symbol)] }

  func slot(of symbol: Int32) -> Int32? { Int(symbol) < certain.count ? certain[Int(symbol)] : nil }

  /// - Parameter slot: nil when the name is known to the parser only.
  mutating func append(_ symbol: Int32, slot: Int32?) {
    let symbol = Int(symbol)
    while visible.count <= symbol {
      visible.append(false)
      certain.append(nil)
    }
    entries.append(Entry(symbol: symbol, outerVisible: visible[symbol], outerCertain: certain[symbol]))
    visible[symbol] = true
    if let slot { certain[symbol] = slot }
  }

  /// From `count` on, variables stay known but do not exist at run time any more.
  mutating func forgetSlots(from count: Int) {
    for entry in entries[count...].reversed() { certain[entry.symbol] = entry.outerCertain }
  }

  mutating func removeLast(to count: Int) {
    forgetSlots(from: count)
    for entry in entries[count...].reversed() { visible[entry.symbol] = entry.outerVisible }
    entries.removeSubrange(count...)
  }
}
