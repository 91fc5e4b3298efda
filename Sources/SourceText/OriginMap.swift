/// The origins, sites and frames of one render, to be read once it is done: what `OriginTable` has gathered, as a value
/// that may be handed to other threads.
package struct OriginMap: Sendable {
  var files: [SourceFile] = []
  var rows: [Row] = [Row(kind: .unknown, file: 0, start: 0, end: 0)]
  var inputs: [OriginID] = []
  var names: [String] = []
  var groups: [SiteGroup] = []
  var frames: [Frame] = [Frame(parent: .none, caller: .none, template: "")]
  var sources: [SourceFile: GeneratedSource] = [:]
  /// What did not run. A set: loops skip the same branch again and again.
  package internal(set) var skipped: Set<SkippedBranch> = []

  enum RowKind: UInt8 { case unknown, leaf, argument, constant, builtIn, derived }

  /// `file` is an index into `files` or `names`; for derived rows `start..<end` are indices into `inputs`.
  struct Row {
    var kind: RowKind
    var file: UInt32
    var start: UInt32
    var end: UInt32
  }

  struct SiteGroup {
    var base: UInt32
    var file: SourceFile
    var ranges: [ByteRange]
  }

  struct GeneratedSource {
    var text: Text
    var origin: OriginID
  }

  package subscript(id: OriginID) -> Origin {
    guard Int(id.rawValue) < rows.count else { return .unknown }
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
    guard low < groups.count, groups[low].base <= id.rawValue else { return nil }
    let group = groups[low]
    let index = Int(id.rawValue - group.base)
    return index < group.ranges.count ? SourceRange(group.file, group.ranges[index]) : nil
  }

  package subscript(id: FrameID) -> Frame { frames[Int(id.rawValue) < frames.count ? Int(id.rawValue) : 0] }

  /// The value that became the text of a generated file; nil for every other file.
  package func source(of file: SourceFile) -> (text: Text, origin: OriginID)? {
    sources[file].map { ($0.text, $0.origin) }
  }
}
