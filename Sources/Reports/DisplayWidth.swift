/// How one character of untrusted text is put on a terminal: what is printed, and how many columns it takes.
///
/// Nothing that could move the cursor, switch colours or reverse the reading order gets through.
struct Glyph: Hashable {
  var text: String
  var width: Int

  init(text: String, width: Int) {
    self.text = text
    self.width = width
  }

  init(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x09: self.init(text: "    ", width: 4)
    case 0x20...0x7E: self.init(text: String(scalar), width: 1)
    case 0x00...0x1F: self.init(text: Glyph.picture(of: scalar), width: 1)
    case 0x7F: self.init(text: "\u{2421}", width: 1)
    case 0x80...0x9F, 0x202A...0x202E, 0x2066...0x2069, 0x2028, 0x2029: self.init(text: "\u{FFFD}", width: 1)
    case 0xFEFF: self.init(text: "", width: 0)
    default: self.init(text: String(scalar), width: Glyph.width(of: scalar))
    }
  }

  private static func picture(of control: Unicode.Scalar) -> String {
    Unicode.Scalar(0x2400 + control.value).map { String($0) } ?? "\u{FFFD}"
  }

  private static func width(of scalar: Unicode.Scalar) -> Int {
    if scalar.value < 0x300 { return scalar.value == 0xAD ? 0 : 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    if scalar.properties.isEmojiPresentation { return 2 }
    return isWide(scalar.value) ? 2 : 1
  }

  private static func isWide(_ value: UInt32) -> Bool {
    var low = 0
    var high = wideRanges.count
    while low < high {
      let middle = (low + high) / 2
      if wideRanges[middle].upperBound < value { low = middle + 1 } else { high = middle }
    }
    return low < wideRanges.count && wideRanges[low].contains(value)
  }

  /// The blocks of East Asian Width W and F (Unicode Standard Annex 11), whole blocks at a time.
  private static let wideRanges: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
    0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6,
    0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x1F200...0x1F265, 0x20000...0x2FFFD, 0x30000...0x3FFFD,
  ]
}

/// Untrusted text made safe to print, for messages and notes.
func printable(_ text: String) -> String {
  var result = ""
  result.reserveCapacity(text.utf8.count)
  for scalar in text.unicodeScalars { result += scalar == "\n" ? "\n" : Glyph(scalar).text }
  return result
}

/// The columns that `text` takes on a terminal.
func displayWidth(_ text: String) -> Int {
  text.unicodeScalars.reduce(0) { $0 + Glyph($1).width }
}
