import SourceText

/// One line of source as the terminal shows it, with the column of each byte.
struct DisplayLine {
  private var glyphs: [Glyph] = []
  /// The byte offset, within the line, at which each glyph starts.
  private var offsets: [Int] = []
  /// The column at which each glyph starts, and one more: the width of the line.
  private var columns: [Int] = [0]

  /// How many bytes of a line are looked at: more than fit any terminal.
  private static let longest = 8192

  /// Shows `bytes`, a line without its line end, after `prefix` (the flag of a command-line argument). Of a very long
  /// line only the part around the byte `anchor` is shown.
  init(_ bytes: ArraySlice<UInt8>, prefix: String = "", around anchor: Int = 0) {
    let part = Self.part(of: bytes, around: anchor)
    var offset = part.startIndex - bytes.startIndex
    if offset > 0 {
      add(Glyph(text: "…", width: 1), at: offset - 1)
    } else {
      for scalar in prefix.unicodeScalars { add(Glyph(scalar), at: -1) }
    }
    decode(part, from: &offset)
    if part.endIndex < bytes.endIndex { add(Glyph(text: "…", width: 1), at: offset) }
  }

  private static func part(of bytes: ArraySlice<UInt8>, around anchor: Int) -> ArraySlice<UInt8> {
    guard bytes.count > longest else { return bytes }
    var start = bytes.startIndex + max(0, min(anchor - longest / 2, bytes.count - longest))
    var end = start + longest
    // No character is cut in two.
    while start > bytes.startIndex, start < end, bytes[start] & 0xC0 == 0x80 { start += 1 }
    while end < bytes.endIndex, end > start, bytes[end] & 0xC0 == 0x80 { end -= 1 }
    return bytes[start..<end]
  }

  private mutating func decode(_ bytes: ArraySlice<UInt8>, from offset: inout Int) {
    var decoder = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    decoding: while true {
      switch decoder.parseScalar(from: &iterator) {
      case .valid(let encoded):
        add(Glyph(Unicode.UTF8.decode(encoded)), at: offset)
        offset += encoded.count
      case .error(let length):
        add(Glyph(text: "\u{FFFD}", width: 1), at: offset)
        offset += max(1, length)
      case .emptyInput:
        break decoding
      }
    }
  }

  private mutating func add(_ glyph: Glyph, at offset: Int) {
    glyphs.append(glyph)
    offsets.append(offset)
    columns.append(width + glyph.width)
  }

  var width: Int { columns[columns.count - 1] }

  /// The column at which the glyph that holds byte `offset` starts; past the end, the width of the line.
  func column(of offset: Int) -> Int {
    var low = 0
    var high = offsets.count
    while low < high {
      let middle = (low + high) / 2
      if offsets[middle] < offset { low = middle + 1 } else { high = middle }
    }
    if low < offsets.count, offsets[low] == offset { return columns[low] }
    return low == offsets.count ? columns[low] : columns[max(0, low - 1)]
  }

  /// Columns until the first glyph that is no blank.
  var indent: Int {
    let first = glyphs.firstIndex { $0.text.contains { $0 != " " } }
    return first.map { columns[$0] } ?? width
  }

  /// The glyphs within `window`, with an ellipsis where something is cut off.
  func text(in window: Range<Int>) -> String {
    if window.lowerBound == 0, window.upperBound >= width { return glyphs.reduce(into: "") { $0 += $1.text } }
    var result = window.lowerBound > 0 ? "…" : ""
    var column = window.lowerBound > 0 ? window.lowerBound + 1 : 0
    let end = window.upperBound < width ? window.upperBound - 1 : window.upperBound
    for (index, glyph) in glyphs.enumerated() where columns[index] >= column && columns[index + 1] <= end {
      // A wide glyph cut in two leaves a blank, so that the carets below stay in place.
      if columns[index] > column { result += String(repeating: " ", count: columns[index] - column) }
      result += glyph.text
      column = columns[index] + glyph.width
    }
    return window.upperBound < width ? result + "…" : result
  }

  /// Which columns to show so that `marks` (the first is the most important) can be seen within `limit` columns.
  func window(around marks: [Range<Int>], limit: Int) -> Range<Int> {
    guard width > limit, let first = marks.first else { return 0..<min(max(width, 1), limit) }
    var shown = first
    for mark in marks.dropFirst() {
      let union = min(shown.lowerBound, mark.lowerBound)..<max(shown.upperBound, mark.upperBound)
      if union.count <= limit - 8 { shown = union }
    }
    let spare = max(8, limit - shown.count)
    let start = max(0, min(shown.lowerBound - spare / 2, width - limit))
    return start..<(start + limit)
  }
}
