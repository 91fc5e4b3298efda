import Diagnostics
import SourceText

/// A stretch of text that has one origin.
package struct SourcePiece: Hashable, Sendable {
  /// Where it stands in the text that was asked about.
  package var range: ByteRange
  package var printer: Trace.Printer
  /// The calls under which it was printed, the innermost first.
  package var calls: [Trace.Call]
  /// What supplied the bytes; nil for template text.
  package var source: Trace.Source?
}

/// Answers where the bytes of a text come from, be it a file as it was read or what a render made.
package struct SourceMap: Sendable {
  /// The text whose bytes are asked about.
  package let text: Text
  private let ground: Ground

  private enum Ground: Sendable {
    case file(SourceFile)
    /// The origin is that of text without runs.
    case rendered(OriginMap, ValueLeaves, OriginID)
  }

  /// A file that was not rendered: every byte stands for itself.
  package init(file: SourceFile) {
    text = Text(file.text)
    ground = .file(file)
  }

  /// What a template printed.
  package init(rendered text: Text, origins: OriginMap, leaves: ValueLeaves = ValueLeaves(), origin: OriginID = .none) {
    self.text = text
    ground = .rendered(origins, leaves, origin)
  }

  /// False for a file that was read as it is.
  package var isRendered: Bool {
    if case .rendered = ground { return true }
    return false
  }

  /// True when the values file of a subchart supplied the place, and nobody overrides it.
  package func isVendorDefault(_ place: SourceRange) -> Bool {
    guard case .rendered(_, let leaves, _) = ground else { return false }
    return leaves.isVendorDefault(place)
  }

  /// The pieces of `range`, in order and covering it.
  package func pieces(in range: ByteRange) -> [SourcePiece] {
    let end = min(max(0, range.end), text.count)
    let range = ByteRange(min(max(0, range.start), end), end)
    switch ground {
    case .file(let file):
      return [
        SourcePiece(range: range, printer: .templateText(SourceRange(file, range)), calls: [], source: nil)
      ]
    case .rendered(let origins, let leaves, let origin):
      return PieceReader(origins: origins, values: leaves).pieces(of: text, in: range, origin: origin, depth: 0)
    }
  }

  /// The values that were printed somewhere in `range`, both ends included, and are empty; each a piece without bytes.
  package func empties(in range: ByteRange) -> [SourcePiece] {
    guard case .rendered(let origins, let leaves, _) = ground else { return [] }
    return PieceReader(origins: origins, values: leaves).empties(of: text, in: range)
  }

  /// Where the template text stands that wrote a byte, and under which calls; nil for bytes of values.
  func literal(at offset: Int) -> (place: SourceRange, frame: FrameID)? {
    guard case .rendered(let origins, _, _) = ground, let (start, run) = text.run(at: offset), run.origin == .none,
      let site = origins[run.site]
    else { return nil }
    let place = site.range.start + Int(run.offset) + offset - start
    guard place < site.range.end, site.file.text[place] == text.bytes[offset] else { return nil }
    return (SourceRange(site.file, ByteRange(place, place + 1)), run.frame)
  }

  /// The bytes of a piece.
  package func bytes(of piece: SourcePiece) -> ByteString {
    ByteString(text.bytes[piece.range.start..<piece.range.end])
  }
}

/// Turns runs into pieces.
private struct PieceReader {
  let origins: OriginMap
  let values: ValueLeaves

  /// A text from `tpl` of a text from `tpl`, and so on: no more than this many are followed.
  private static let deepest = 16

  func pieces(of text: Text, in range: ByteRange, origin: OriginID, depth: Int) -> [SourcePiece] {
    guard !range.isEmpty else { return [] }
    guard !text.runs.isEmpty else {
      let run = TextRun(end: UInt32(text.count), offset: 0, site: .none, frame: .none, origin: origin)
      return pieces(of: text, run, from: 0, in: range, depth: depth)
    }
    var result: [SourcePiece] = []
    var position = range.start
    while position < range.end, let (start, run) = text.run(at: position) {
      let end = min(Int(run.end), range.end)
      result += pieces(of: text, run, from: start, in: ByteRange(position, end), depth: depth)
      position = max(end, position + 1)
    }
    return result
  }

  func empties(of text: Text, in range: ByteRange) -> [SourcePiece] {
    guard !text.runs.isEmpty else { return [] }
    var index = range.start == 0 ? 0 : text.indexOfRun(at: UInt32(range.start - 1))
    var result: [SourcePiece] = []
    while index < text.runs.count, text.runs[index].end <= range.end {
      let run = text.runs[index]
      let start = index == 0 ? 0 : text.runs[index - 1].end
      if run.end == start, Int(start) >= range.start {
        let source = run.origin == .none ? nil : source(of: run.origin, bytes: [], offset: Int(run.offset))
        result.append(
          SourcePiece(
            range: ByteRange(Int(start), Int(start)),
            printer: origins[run.site].map { .action(origins.written($0)) } ?? .unknown,
            calls: calls(of: run.frame, depth: 0), source: source ?? .unknown))
      }
      index += 1
    }
    return result
  }

  /// The pieces of one run's part `range`; `start` is where the run starts.
  private func pieces(
    of text: Text, _ run: TextRun, from start: Int, in range: ByteRange, depth: Int
  ) -> [SourcePiece] {
    let bytes = text.bytes[range.start..<range.end]
    let offset = Int(run.offset) + range.start - start
    let site = origins[run.site]
    if run.origin == .none, let site, let place = literal(bytes, at: offset, of: site) {
      return literalPieces(range, place: place, frame: run.frame, depth: depth)
    }
    let printer = site.map { Trace.Printer.action(origins.written($0)) } ?? .unknown
    let source = run.origin == .none ? nil : source(of: run.origin, bytes: bytes, offset: offset)
    return [
      SourcePiece(
        range: range, printer: printer, calls: calls(of: run.frame, depth: depth), source: source ?? .unknown)
    ]
  }

  /// The place of template text within its site: the bytes there are the bytes that were printed.
  private func literal(_ bytes: ArraySlice<UInt8>, at offset: Int, of site: SourceRange) -> SourceRange? {
    let start = site.range.start + offset
    let place = SourceRange(site.file, ByteRange(start, start + bytes.count))
    guard place.range.end <= site.range.end, site.file.text.bytes[start..<place.range.end].elementsEqual(bytes) else {
      return nil
    }
    return place
  }

  /// Template text; of a template that was itself a value (`tpl`) the value is what supplied the bytes.
  private func literalPieces(
    _ range: ByteRange, place: SourceRange, frame: FrameID, depth: Int
  ) -> [SourcePiece] {
    guard depth < Self.deepest, let (text, origin) = origins.source(of: place.file) else {
      return [
        SourcePiece(
          range: range, printer: .templateText(place), calls: calls(of: frame, depth: depth), source: nil)
      ]
    }
    let caller = origins[origins[frame].caller].map { Trace.Printer.action(origins.written($0)) }
    let parents = calls(of: origins[frame].parent, depth: depth)
    return pieces(of: text, in: place.range, origin: origin, depth: depth + 1).map { inner in
      var piece = inner
      let moved = range.start - place.range.start
      piece.range = ByteRange(inner.range.start + moved, inner.range.end + moved)
      if piece.printer == .unknown {
        piece.printer = caller ?? .unknown
        piece.calls = parents
      }
      return piece
    }
  }

  private func calls(of frame: FrameID, depth: Int) -> [Trace.Call] {
    var calls: [Trace.Call] = []
    var frame = frame
    while frame != .none, calls.count < 1000 {
      let row = origins[frame]
      calls.append(
        Trace.Call(template: row.template, place: origins[row.caller].map { origins.written($0) }))
      frame = row.parent
    }
    return calls
  }

  // MARK: Sources

  /// What an origin stands for; of a leaf the part that supplied `bytes`, its bytes from `offset` on.
  private func source(of id: OriginID, bytes: ArraySlice<UInt8>, offset: Int) -> Trace.Source {
    switch origins[id] {
    case .unknown: return .unknown
    case .leaf(let place), .argument(let place):
      return leaf(place, part: LeafPart.ofScalar(bytes, offset: offset, at: place))
    case .constant(let place): return .constant(LeafPart.ofConstant(bytes, offset: offset, at: place))
    case .builtIn(let name): return .builtIn(name)
    case .derived(let function, let inputs):
      return .derived(function: function, inputs: inputs.map { whole($0, depth: 0) })
    }
  }

  private func leaf(_ place: SourceRange, part: SourceRange) -> Trace.Source {
    if let field = values.chartField(at: place) { return .chart(field: field, place: part) }
    return .value(path: values[place], place: part, overridden: values.overridden(by: place))
  }

  private func whole(_ id: OriginID, depth: Int) -> Trace.Source {
    switch origins[id] {
    case .unknown: return .unknown
    case .leaf(let place), .argument(let place): return leaf(place, part: place)
    case .constant(let place): return .constant(place)
    case .builtIn(let name): return .builtIn(name)
    case .derived(let function, let inputs):
      guard depth < 32 else { return .unknown }
      return .derived(function: function, inputs: inputs.map { whole($0, depth: depth + 1) })
    }
  }
}

extension SourcePiece {
  /// The place of the bytes themselves: the value's, else the template's.
  package var innermostPlace: SourceRange? {
    if let place = source?.place { return place }
    switch printer {
    case .templateText(let place), .action(let place): return place
    case .unknown: return nil
    }
  }
}

extension Trace.Source {
  /// The place of a leaf; nil for what has none, or many.
  package var place: SourceRange? {
    switch self {
    case .value(_, let place, _), .chart(_, let place), .constant(let place): place
    case .builtIn, .derived, .unknown: nil
    }
  }

  /// This source, or what it was made from.
  package var leaves: [Trace.Source] {
    guard case .derived(_, let inputs) = self else { return [self] }
    return inputs.flatMap(\.leaves)
  }
}
