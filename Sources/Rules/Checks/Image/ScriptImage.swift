import Delivery
import Kubernetes
import SourceText

/// An image that a command names.
struct ScriptImage {
  let text: ResolvedText
  /// The word in the script.
  let word: SourceRange

  /// The images that a command deploys, pushes or makes.
  static func all(in command: DeliveryCommand) -> [ScriptImage] {
    let file = command.place.file
    return command.images.map { ScriptImage(text: $0.text, word: SourceRange(file, $0.range)) }
  }

  /// Why the text can be no image, whatever its variables hold; nil where it can be one.
  var fault: Fault? {
    if text.pieces.count == 1, !text.holes.isEmpty { return nil }
    let filled = FilledImage(text)
    do throws(ImageReferenceFault) {
      _ = try ImageReference(filled.bytes)
      return nil
    } catch {
      guard !filled.isGuess(error.offender) else { return nil }
      let offender = filled.shown(error.offender)
      // The reason quotes the filled text, which nobody wrote.
      let reason =
        text.isConstant || offender.isEmpty ? error.reason : "`\(text.slice(offender).shown)` may not stand there"
      return Fault(reason: reason, range: offender.isEmpty || !text.isConstant ? offender : filled.shown(error.range))
    }
  }

  struct Fault {
    /// Completes "is not a valid reference:".
    let reason: String
    /// In `text.shown`; empty where something is missing.
    let range: Range<Int>
  }

  /// Where a range of `text.shown` is written; the word where it is empty or not known.
  func place(of range: Range<Int>) -> SourceRange {
    range.isEmpty ? word : text.place(of: range) ?? word
  }
}

/// A text whose holes are filled with something that is legal where they stand.
private struct FilledImage {
  private(set) var bytes = ByteString()
  /// Where in `bytes` and in the text's `shown` each piece is.
  private var parts: [(filled: Range<Int>, shown: Range<Int>, isHole: Bool)] = []

  init(_ text: ResolvedText) {
    var shown = 0
    for piece in text.pieces {
      let start = bytes.count
      var isHole = false
      switch piece {
      case .literal(let literal): bytes.append(literal)
      case .hole:
        isHole = true
        bytes.append(Self.filling(after: bytes))
      }
      let length = Self.count(piece)
      parts.append((start..<bytes.count, shown..<(shown + length), isHole))
      shown += length
    }
  }

  private static func count(_ piece: ResolvedText.Piece) -> Int {
    switch piece {
    case .literal(let text), .hole(let text): text.count
    }
  }

  /// A digit may stand in a host, a port, a path and a tag.
  private static func filling(after text: ByteString) -> ByteString {
    let digits = ByteString([UInt8](repeating: UInt8(ascii: "0"), count: 64))
    if text.hasSuffix("@") { return "sha256:" + digits }
    return text.hasSuffix("@sha256:") ? digits : "1"
  }

  /// The range touches what only the run knows.
  func isGuess(_ range: Range<Int>) -> Bool {
    parts.contains { part in
      part.isHole && (part.filled.overlaps(range) || (range.isEmpty && part.filled.upperBound == range.lowerBound))
    }
  }

  /// A range of `bytes` as one of the text's `shown`.
  func shown(_ range: Range<Int>) -> Range<Int> {
    func offset(_ place: Int, isEnd: Bool) -> Int {
      let part = parts.first { isEnd ? $0.filled.contains(place - 1) : $0.filled.contains(place) }
      guard let part else { return parts.last?.shown.upperBound ?? 0 }
      if part.isHole { return isEnd ? part.shown.upperBound : part.shown.lowerBound }
      return part.shown.lowerBound + place - part.filled.lowerBound
    }
    let start = offset(range.lowerBound, isEnd: false)
    return range.isEmpty ? start..<start : start..<max(start, offset(range.upperBound, isEnd: true))
  }
}
