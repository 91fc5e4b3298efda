/// Where a value came from: an index into an `OriginTable`. Zero is "nothing known".
package struct OriginID: Hashable, Sendable {
  package var rawValue: UInt32
  @inlinable package init(_ rawValue: UInt32) { self.rawValue = rawValue }
  package static let none = OriginID(0)
}

/// A place in a template that writes output: a stretch of literal text or an action.
/// Index into the table's sites; zero is "not printed yet".
package struct SiteID: Hashable, Sendable {
  package var rawValue: UInt32
  @inlinable package init(_ rawValue: UInt32) { self.rawValue = rawValue }
  package static let none = SiteID(0)
}

/// The chain of `include`, `template` and `tpl` calls under which a site ran. Zero is the file itself.
package struct FrameID: Hashable, Sendable {
  package var rawValue: UInt32
  @inlinable package init(_ rawValue: UInt32) { self.rawValue = rawValue }
  package static let none = FrameID(0)
}

/// What an `OriginID` stands for.
package enum Origin: Hashable, Sendable {
  case unknown
  /// A node of a YAML or JSON file: values, Chart.yaml, a `--set-file` content, a chart file.
  case leaf(SourceRange)
  /// Part of a command-line argument.
  case argument(SourceRange)
  /// A constant written inside a template action, for example the `"x"` of `default "x"`.
  case constant(SourceRange)
  /// What the program itself supplies, for example `.Release.Name` or `.Capabilities.KubeVersion`.
  case builtIn(String)
  /// The result of a function that mixes its inputs beyond recognition.
  case derived(function: String, inputs: [OriginID])
}

/// One call on the way from a template file to a site.
package struct Frame: Sendable {
  package var parent: FrameID
  /// The action that made the call.
  package var caller: SiteID
  /// The name of the template that was called.
  package var template: String
}

/// All origins, sites and frames of one render. Grows while the render runs; belongs to one thread.
package final class OriginTable {
  /// False switches the whole bookkeeping off: every id is then zero and nothing is stored.
  package let isTracking: Bool

  private var files: [SourceFile] = []
  private var fileIDs: [ObjectIdentifier: UInt32] = [:]
  private var rows: [Row] = [Row(kind: .unknown, file: 0, start: 0, end: 0)]
  private var inputs: [OriginID] = []
  private var names: [String] = []
  private var nameIDs: [String: UInt32] = [:]
  private var groups: [SiteGroup] = []
  private var nextSite: UInt32 = 1
  private var sources: [ObjectIdentifier: GeneratedSource] = [:]
  private var frames: [Frame] = [Frame(parent: .none, caller: .none, template: "")]

  private enum RowKind: UInt8 { case unknown, leaf, argument, constant, builtIn, derived }

  /// `file` is an index into `files` or `names`; for derived rows `start..<end` are indices into `inputs`.
  private struct Row {
    var kind: RowKind
    var file: UInt32
    var start: UInt32
    var end: UInt32
  }

  /// Holds the file too, so that its identity cannot be given to another.
  private struct GeneratedSource {
    var file: SourceFile
    var text: Text
    var origin: OriginID
  }

  private struct SiteGroup {
    var base: UInt32
    var file: SourceFile
    var ranges: [ByteRange]
  }

  package init(isTracking: Bool) { self.isTracking = isTracking }

  // MARK: Writing

  package func leaf(_ file: SourceFile, _ range: ByteRange) -> OriginID { add(.leaf, file, range) }
  package func argument(_ file: SourceFile, _ range: ByteRange) -> OriginID { add(.argument, file, range) }
  package func constant(_ file: SourceFile, _ range: ByteRange) -> OriginID { add(.constant, file, range) }

  package func builtIn(_ name: String) -> OriginID {
    guard isTracking else { return .none }
    return append(Row(kind: .builtIn, file: nameID(name), start: 0, end: 0))
  }

  /// The origin of a result that depends on all of `sources`; `.none` when none of them is known.
  package func derived(_ function: String, from sources: [OriginID]) -> OriginID {
    guard isTracking else { return .none }
    let start = inputs.count
    for source in sources where source != .none && !inputs[start...].contains(source) { inputs.append(source) }
    guard inputs.count > start else { return .none }
    return append(
      Row(kind: .derived, file: nameID(function), start: UInt32(start), end: UInt32(inputs.count)))
  }

  /// Registers the sites of a parsed template; site `i` of `ranges` becomes `base + i`.
  package func addSites(of file: SourceFile, _ ranges: [ByteRange]) -> SiteID {
    guard isTracking else { return .none }
    let base = nextSite
    groups.append(SiteGroup(base: base, file: file, ranges: ranges))
    nextSite += UInt32(ranges.count)
    return SiteID(base)
  }

  /// Records which value became the text of a generated file (`tpl`), so that a place in that file can be followed
  /// back to the values file or template which wrote it.
  package func addSource(of file: SourceFile, text: Text, origin: OriginID) {
    guard isTracking else { return }
    sources[ObjectIdentifier(file)] = GeneratedSource(file: file, text: text, origin: origin)
  }

  package func enter(_ template: String, from caller: SiteID, in parent: FrameID) -> FrameID {
    guard isTracking else { return .none }
    frames.append(Frame(parent: parent, caller: caller, template: template))
    return FrameID(UInt32(frames.count - 1))
  }

  // MARK: Reading

  package subscript(id: OriginID) -> Origin {
    let row = rows[Int(id.rawValue)]
    let range = ByteRange(Int(row.start), Int(row.end))
    switch row.kind {
    case .unknown: return .unknown
    case .leaf: return .leaf(SourceRange(files[Int(row.file)], range))
    case .argument: return .argument(SourceRange(files[Int(row.file)], range))
    case .constant: return .constant(SourceRange(files[Int(row.file)], range))
    case .builtIn: return .builtIn(names[Int(row.file)])
    case .derived:
      return .derived(function: names[Int(row.file)], inputs: Array(inputs[range.start..<range.end]))
    }
  }

  package subscript(id: SiteID) -> SourceRange? {
    guard id != .none else { return nil }
    var low = 0
    var high = groups.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if groups[middle].base <= id.rawValue { low = middle } else { high = middle }
    }
    guard low < groups.count else { return nil }
    let group = groups[low]
    let index = Int(id.rawValue - group.base)
    return index < group.ranges.count ? SourceRange(group.file, group.ranges[index]) : nil
  }

  /// The value that became the text of a generated file; nil for every other file.
  package func source(of file: SourceFile) -> (text: Text, origin: OriginID)? {
    sources[ObjectIdentifier(file)].map { ($0.text, $0.origin) }
  }

  package subscript(id: FrameID) -> Frame { frames[Int(id.rawValue)] }

  // MARK: Storage

  private func add(_ kind: RowKind, _ file: SourceFile, _ range: ByteRange) -> OriginID {
    guard isTracking else { return .none }
    return append(Row(kind: kind, file: fileID(file), start: UInt32(range.start), end: UInt32(range.end)))
  }

  private func append(_ row: Row) -> OriginID {
    rows.append(row)
    return OriginID(UInt32(rows.count - 1))
  }

  private func fileID(_ file: SourceFile) -> UInt32 {
    if let id = fileIDs[ObjectIdentifier(file)] { return id }
    files.append(file)
    fileIDs[ObjectIdentifier(file)] = UInt32(files.count - 1)
    return UInt32(files.count - 1)
  }

  private func nameID(_ name: String) -> UInt32 {
    if let id = nameIDs[name] { return id }
    names.append(name)
    nameIDs[name] = UInt32(names.count - 1)
    return UInt32(names.count - 1)
  }
}
