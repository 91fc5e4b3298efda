import Diagnostics
import SourceText
import TemplateLanguage

/// What the templates of a render say, and which of their branches did not run: where a key that is missing in the
/// manifest would have been written.
struct Coverage: Sendable {
  let templates: TemplateSet
  private let origins: OriginMap
  /// Branches by the frame from which they are seen: their own, and those of the calls that led to them.
  private var skipped: [FrameID: [Sight]] = [:]
  private var trees: [SourceFile: [TemplateTree]] = [:]

  /// A branch as it looks from a frame: at its own place, or at that of the call that led to it.
  private struct Sight {
    var place: SourceRange
    var branch: SkippedBranch
  }

  init(templates: TemplateSet, origins: OriginMap) {
    self.templates = templates
    self.origins = origins
    for name in templates.names {
      if let tree = templates[name] { trees[tree.table.file, default: []].append(tree) }
    }
    for branch in origins.skipped { addSights(of: branch) }
  }

  private mutating func addSights(of branch: SkippedBranch) {
    var frame = branch.frame
    var site = branch.site
    for _ in 0..<64 {
      if let place = origins[site] { skipped[frame, default: []].append(Sight(place: place, branch: branch)) }
      guard frame != .none else { return }
      (site, frame) = (origins[frame].caller, origins[frame].parent)
    }
  }

  // MARK: Missing keys

  /// The `if`, `with` or `range` that would have written `key` into a mapping had it gone the other way. The mapping's
  /// text starts at `start`, in template text that ran in `frame`, and ends before `end`.
  func branch(writing key: String, from start: SourceRange, to end: Int, in frame: FrameID) -> SourceRange? {
    let column = Self.column(of: start.range.start, in: start.file)
    let seen = (skipped[frame] ?? [])
      .filter { $0.place.file == start.file && start.range.start <= $0.place.range.start && $0.place.range.start < end }
      .sorted { ($0.place.range.start, $0.branch.site.rawValue) < ($1.place.range.start, $1.branch.site.rawValue) }
    return seen.lazy.compactMap { sight -> SourceRange? in
      guard let own = origins[sight.branch.site], let (node, file) = node(at: own) else { return nil }
      let isNear = sight.branch.frame == frame
      let side = sight.branch.side == .body ? node.body : node.otherwise ?? []
      return writes(key, side, in: file, column: isNear ? column : nil, depth: 0) ? own : nil
    }.first
  }

  /// Where the loop ends whose body holds an offset; nil outside of loops.
  func endOfLoop(around place: SourceRange) -> Int? {
    var search = LoopSearch(offset: place.range.start)
    for tree in trees[place.file] ?? [] {
      search.table = tree.table
      search.walk(tree)
    }
    return search.end
  }

  private func node(at place: SourceRange) -> (BranchNode, SourceFile)? {
    for tree in trees[place.file] ?? [] {
      var search = BranchSearch(place: place.range, table: tree.table)
      search.walk(tree)
      if let found = search.found { return (found, place.file) }
    }
    return nil
  }

  /// Whether nodes write a line that starts with the key, themselves or through what they include.
  private func writes(_ key: String, _ nodes: [TemplateLanguage.Node], in file: SourceFile, column: Int?, depth: Int)
    -> Bool
  {
    guard depth < 8 else { return false }
    return nodes.contains { node in
      switch node {
      case .text(let text): return Self.writes(key, text.range, in: file, column: column)
      case .conditional(let branch), .with(let branch), .range(let branch):
        return writes(key, branch.body + (branch.otherwise ?? []), in: file, column: column, depth: depth + 1)
      case .template(let call): return writes(key, template: call.name, depth: depth)
      case .action(let action):
        var calls = CallNames()
        calls.visit(action.pipeline)
        return calls.names.contains { writes(key, template: $0, depth: depth) }
      case .breakLoop, .continueLoop: return false
      }
    }
  }

  private func writes(_ key: String, template name: ByteString, depth: Int) -> Bool {
    guard let tree = templates[name] else { return false }
    return writes(key, tree.nodes, in: tree.table.file, column: nil, depth: depth + 1)
  }

  private static func writes(_ key: String, _ range: ByteRange, in file: SourceFile, column: Int?) -> Bool {
    let bytes = file.text.bytes
    let wanted = Array((key + ":").utf8)
    var index = range.start
    while index + wanted.count <= range.end {
      // Only blanks and the dash of a list may stand before a key.
      if bytes[index] == wanted[0], bytes[index..<(index + wanted.count)].elementsEqual(wanted),
        isStartOfKey(index, in: bytes), column == nil || self.column(of: index, in: file) == column
      {
        return true
      }
      index += 1
    }
    return false
  }

  private static func isStartOfKey(_ offset: Int, in bytes: [UInt8]) -> Bool {
    var index = offset
    while index > 0, bytes[index - 1] != UInt8(ascii: "\n") {
      guard bytes[index - 1] == UInt8(ascii: " ") || bytes[index - 1] == UInt8(ascii: "-") else { return false }
      index -= 1
    }
    return true
  }

  private static func column(of offset: Int, in file: SourceFile) -> Int {
    let lineStart = file.text.bytes[..<offset].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    return offset - lineStart
  }

  // MARK: Calls

  /// Where `text` stands, without its quotes, as a constant within an action.
  func constant(_ text: String, inAction place: SourceRange) -> SourceRange? {
    for tree in trees[place.file] ?? [] {
      var search = ConstantSearch(text: ByteString(text), action: place.range, table: tree.table)
      search.walk(tree)
      if let range = search.found { return SourceRange(place.file, ByteRange(range.start + 1, range.end - 1)) }
    }
    return nil
  }
}

/// The names that a pipeline includes.
private struct CallNames: SyntaxVisitor {
  var names: [ByteString] = []

  mutating func visit(_ command: Command) {
    if case .function(let function) = command.head, function.name == "include",
      case .string(let name)? = command.arguments.first
    {
      names.append(name.value.byteString)
    }
    descend(command)
  }
}

private struct BranchSearch: SyntaxVisitor {
  let place: ByteRange
  let table: SyntaxTable
  var found: BranchNode?

  mutating func visit(_ node: TemplateLanguage.Node) {
    switch node {
    case .conditional(let branch), .with(let branch), .range(let branch):
      if table.range(of: branch.id).range == place { found = branch }
    case .text, .action, .template, .breakLoop, .continueLoop: break
    }
    if found == nil { descend(node) }
  }
}

/// The innermost loop around an offset: its end is that of the last node in it.
private struct LoopSearch: SyntaxVisitor {
  let offset: Int
  var table: SyntaxTable?
  var end: Int?

  mutating func visit(_ node: TemplateLanguage.Node) {
    if case .range(let branch) = node, let table, let last = branch.body.last {
      let start = table.range(of: branch.id).range.start
      let end = Self.end(of: last, in: table)
      if start <= offset, offset < end { self.end = end }
    }
    descend(node)
  }

  private static func end(of node: TemplateLanguage.Node, in table: SyntaxTable) -> Int {
    switch node {
    case .text(let text): text.range.end
    case .conditional(let branch), .with(let branch), .range(let branch):
      ((branch.otherwise ?? []).last ?? branch.body.last).map { end(of: $0, in: table) }
        ?? table.range(of: branch.id).range.end
    case .action, .template, .breakLoop, .continueLoop: table.range(of: node.id).range.end
    }
  }
}

private struct ConstantSearch: SyntaxVisitor {
  let text: ByteString
  let action: ByteRange
  let table: SyntaxTable
  var found: ByteRange?

  mutating func visit(_ operand: Operand) {
    if case .string(let constant) = operand, constant.value.byteString == text {
      let range = table.range(of: constant.id).range
      if action.start <= range.start, range.end <= action.end { found = found ?? range }
    }
    descend(operand)
  }
}
