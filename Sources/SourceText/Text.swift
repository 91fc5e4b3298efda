/// A stretch of text with one origin.
package struct TextRun: Hashable, Sendable {
  /// Where the run ends in its text; it starts where the one before it ends.
  package var end: UInt32
  /// Index of the run's first byte within the bytes that its origin (or, without one, its literal site) supplied.
  package var offset: UInt32
  /// The template text or action that printed it; `.none` while it is still a value.
  package var site: SiteID
  package var frame: FrameID
  /// The value that supplied the bytes; `.none` for literal template text and for bytes made by a function.
  package var origin: OriginID

  @inlinable package init(end: UInt32, offset: UInt32, site: SiteID, frame: FrameID, origin: OriginID) {
    self.end = end
    self.offset = offset
    self.site = site
    self.frame = frame
    self.origin = origin
  }

  /// True when `next` simply goes on where this run stops.
  @inlinable func continues(into next: TextRun, length: UInt32) -> Bool {
    site == next.site && frame == next.frame && origin == next.origin && next.offset == offset &+ length
  }
}

/// Bytes together with where they came from: a source map that travels with the text.
///
/// Without runs the whole text has one origin, the one of the `Value` that holds it.
package struct Text: Sendable {
  package var bytes: [UInt8]
  /// In order, covering the whole text; empty when nothing finer than the value's own origin is known. A run without
  /// bytes is a value that was printed and is empty.
  package var runs: [TextRun]

  @inlinable package init(_ bytes: [UInt8] = [], runs: [TextRun] = []) {
    self.bytes = bytes
    self.runs = runs
  }
  @inlinable package init(_ text: ByteString) { self.init(text.bytes) }
  @inlinable package init(_ text: String) { self.init(Array(text.utf8)) }

  @inlinable package var count: Int { bytes.count }
  @inlinable package var isEmpty: Bool { bytes.isEmpty }
  package var byteString: ByteString { ByteString(bytes) }
  package var string: String { String(decoding: bytes, as: UTF8.self) }

  /// The run that covers a byte, with the offset where it starts.
  package func run(at offset: Int) -> (start: Int, run: TextRun)? {
    guard !runs.isEmpty, offset < bytes.count else { return nil }
    let index = indexOfRun(at: UInt32(offset))
    return (index == 0 ? 0 : Int(runs[index - 1].end), runs[index])
  }

  /// Index of the run that covers `offset`.
  @inlinable package func indexOfRun(at offset: UInt32) -> Int {
    var low = 0
    var high = runs.count - 1
    while low < high {
      let middle = (low + high) / 2
      if runs[middle].end <= offset { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// Builds a `Text` piece by piece, keeping the origin of each. The one tool with which functions pass origins on:
/// copy slices of the inputs with `append(_:of:)`, add what the function itself writes with `append(literal:)`.
///
/// When the render does not track origins no runs are written and each append is a plain copy of bytes.
package struct TextBuilder {
  package private(set) var text: Text
  @usableFromInline let isTracking: Bool

  @usableFromInline let limit: Int

  /// The longest text that a template may make.
  package static let mostBytes = 32 << 20

  /// True when nothing more is taken.
  @inlinable package var isFull: Bool { text.bytes.count > limit }

  /// - Parameter limit: a builder that holds more bytes takes nothing further, so that whoever writes without end (a
  ///   list that holds a list several times over, again and again) ends by looking at `isFull`. A finished text that
  ///   is longer was cut off, and the evaluator refuses it.
  package init(tracking: Bool, capacity: Int = 0, limit: Int = TextBuilder.mostBytes) {
    isTracking = tracking
    self.limit = limit
    text = Text()
    if capacity > 0 { text.bytes.reserveCapacity(capacity) }
  }

  @inlinable package var count: Int { text.bytes.count }

  /// Appends bytes that have no origin of their own (indentation, quotes, separators written by a function), or
  /// one that is given.
  @inlinable package mutating func append(
    literal bytes: some Sequence<UInt8>, origin: OriginID = .none, site: SiteID = .none, frame: FrameID = .none,
    offset: Int = 0
  ) {
    let before = text.bytes.count
    if before > limit { return }
    text.bytes.append(contentsOf: bytes)
    if isTracking {
      mark(
        from: before,
        TextRun(
          end: UInt32(text.bytes.count), offset: UInt32(offset), site: site, frame: frame, origin: origin))
    }
  }

  /// As above, for the array that a text is: the generic form is not specialised across rooms.
  package mutating func append(
    literal bytes: [UInt8], origin: OriginID = .none, site: SiteID = .none, frame: FrameID = .none
  ) {
    bytes.withUnsafeBufferPointer { append(literal: $0, origin: origin, site: site, frame: frame) }
  }

  /// Appends `range` of a template's source, which `site` prints under `frame`.
  package mutating func append(literal source: [UInt8], _ range: Range<Int>, site: SiteID, frame: FrameID) {
    let before = text.bytes.count
    if before > limit { return }
    source.withUnsafeBufferPointer { text.bytes.append(contentsOf: UnsafeBufferPointer(rebasing: $0[range])) }
    if isTracking {
      mark(
        from: before,
        TextRun(end: UInt32(text.bytes.count), offset: 0, site: site, frame: frame, origin: .none))
    }
  }

  @inlinable package mutating func append(byte: UInt8) {
    let before = text.bytes.count
    if before > limit { return }
    text.bytes.append(byte)
    if isTracking {
      mark(
        from: before,
        TextRun(end: UInt32(before + 1), offset: 0, site: .none, frame: .none, origin: .none))
    }
  }

  /// Appends spaces that a function writes, such as indentation: grown in place, not byte by byte.
  package mutating func append(spaces count: Int) {
    guard count > 0, !isFull else { return }
    let before = text.bytes.count
    text.bytes.append(contentsOf: [UInt8](repeating: UInt8(ascii: " "), count: count))
    if isTracking {
      mark(
        from: before,
        TextRun(end: UInt32(before + count), offset: 0, site: .none, frame: .none, origin: .none))
    }
  }

  /// Appends the whole of `source`. `origin` is the origin of the value that holds it, used where it has no runs.
  @inlinable package mutating func append(_ source: Text, origin: OriginID) {
    append(source, 0..<source.bytes.count, origin: origin)
  }

  /// Appends `range` of `source` with its runs.
  package mutating func append(_ source: Text, _ range: Range<Int>, origin: OriginID) {
    guard !range.isEmpty, !isFull else {
      if isTracking, source.bytes.isEmpty { appendEmpty(source, origin: origin, site: .none, frame: .none) }
      return
    }
    let before = text.bytes.count
    text.bytes.append(contentsOf: source.bytes[range])
    guard isTracking else { return }
    copyRuns(of: source, range, to: before, origin: origin)
  }

  /// Records where bytes come from that stand for `range` of `source` one to one (`upper`, `lower`): the same
  /// count of bytes, other content.
  package mutating func append(mapped bytes: [UInt8], from source: Text, _ range: Range<Int>, origin: OriginID) {
    guard !bytes.isEmpty, !isFull else { return }
    let before = text.bytes.count
    text.bytes.append(contentsOf: bytes)
    guard isTracking else { return }
    if bytes.count == range.count {
      copyRuns(of: source, range, to: before, origin: origin)
    } else if let (start, run) = source.run(at: range.lowerBound) {
      mark(
        from: before,
        TextRun(
          end: UInt32(text.bytes.count), offset: run.offset + UInt32(range.lowerBound - start), site: run.site,
          frame: run.frame, origin: run.origin))
    } else {
      mark(
        from: before,
        TextRun(
          end: UInt32(text.bytes.count), offset: UInt32(range.lowerBound), site: .none, frame: .none,
          origin: origin))
    }
  }

  /// Appends printed text of a value: runs that no site has printed yet get `site` and `frame`.
  package mutating func print(_ source: Text, origin: OriginID, site: SiteID, frame: FrameID) {
    let firstNew = text.runs.count
    let before = text.bytes.count
    if before > limit { return }
    text.bytes.append(contentsOf: source.bytes)
    guard isTracking else { return }
    guard !source.bytes.isEmpty else { return appendEmpty(source, origin: origin, site: site, frame: frame) }
    guard !source.runs.isEmpty else {
      mark(
        from: before,
        TextRun(end: UInt32(text.bytes.count), offset: 0, site: site, frame: frame, origin: origin))
      return
    }
    for run in source.runs {
      text.runs.append(run)
      text.runs[text.runs.count - 1].end += UInt32(before)
    }
    for index in firstNew..<text.runs.count where text.runs[index].site == .none {
      text.runs[index].site = site
      text.runs[index].frame = frame
    }
  }

  /// The finished text; the builder is empty afterwards but keeps nothing.
  package mutating func finish() -> Text {
    let result = text
    text = Text()
    return result
  }

  private mutating func copyRuns(of source: Text, _ range: Range<Int>, to before: Int, origin: OriginID) {
    guard !source.runs.isEmpty else {
      mark(
        from: before,
        TextRun(
          end: UInt32(text.bytes.count), offset: UInt32(range.lowerBound), site: .none, frame: .none,
          origin: origin))
      return
    }
    var index = range.lowerBound == 0 ? 0 : source.indexOfRun(at: UInt32(range.lowerBound))
    var position = range.lowerBound
    while index < source.runs.count {
      var run = source.runs[index]
      let start = index == 0 ? 0 : Int(source.runs[index - 1].end)
      let isEmpty = Int(run.end) == start
      guard position < range.upperBound || isEmpty && start == position else { break }
      let end = min(Int(run.end), range.upperBound)
      run.end = UInt32(before + end - range.lowerBound)
      if isEmpty {
        markEmpty(run)
      } else {
        run.offset += UInt32(position - start)
        mark(from: before + position - range.lowerBound, run)
      }
      position = end
      index += 1
    }
  }

  // MARK: Nothing

  /// Records that a value supplied no bytes at this place: a finding about what is missing there can then name it.
  private mutating func appendEmpty(_ source: Text, origin: OriginID, site: SiteID, frame: FrameID) {
    let end = UInt32(text.bytes.count)
    guard !source.runs.isEmpty else {
      return markEmpty(TextRun(end: end, offset: 0, site: site, frame: frame, origin: origin))
    }
    for var run in source.runs {
      run.end = end
      if run.site == .none { (run.site, run.frame) = (site, frame) }
      markEmpty(run)
    }
  }

  /// Records that the bytes of `source` from `offset` on were dropped here.
  package mutating func appendNothing(for source: Text, at offset: Int) {
    guard isTracking, var run = source.run(at: offset)?.run else { return }
    run.end = UInt32(text.bytes.count)
    markEmpty(run)
  }

  private mutating func markEmpty(_ run: TextRun) {
    if run.origin == .none, run.site == .none { return }
    if let last = text.runs.last, last.end == run.end, last.continues(into: run, length: 0) { return }
    text.runs.append(run)
  }

  /// Adds a run, or lengthens the last one when this goes on where it stops.
  @usableFromInline mutating func mark(from start: Int, _ run: TextRun) {
    guard Int(run.end) > start else { return }
    if let last = text.runs.last {
      let lastStart = text.runs.count > 1 ? text.runs[text.runs.count - 2].end : 0
      if last.continues(into: run, length: last.end - lastStart) {
        text.runs[text.runs.count - 1].end = run.end
        return
      }
    }
    text.runs.append(run)
  }
}
