import SourceText
import TemplateLanguage
import Values

/// Rewrites a string value code point by code point, keeping the origin of each.
///
/// Neighbours whose encoded length does not change are handed on together, so that a text in one script costs one
/// append.
struct RuneMapper {
  private var builder: TextBuilder
  private let source: Text
  private let origin: OriginID
  private var pending: [UInt8] = []
  private var pendingRange = 0..<0

  init(_ value: Value, _ evaluator: Evaluator) {
    source = value.text ?? Text()
    origin = value.origin
    builder = evaluator.builder(capacity: source.count)
    pending.reserveCapacity(source.count)
  }

  /// Writes `rune` in place of the bytes in `range`.
  mutating func append(_ rune: UInt32, from range: Range<Int>) {
    if range.lowerBound != pendingRange.upperBound { flush(to: range.lowerBound) }
    let before = pending.count
    Runes.append(rune, to: &pending)
    if pending.count - before == range.count {
      pendingRange = pendingRange.lowerBound..<range.upperBound
      return
    }
    let encoded = Array(pending[before...])
    pending.removeSubrange(before...)
    flush(to: range.upperBound)
    builder.append(mapped: encoded, from: source, range, origin: origin)
  }

  /// Writes a byte that stands for none of the source.
  mutating func insert(_ byte: UInt8) {
    flush(to: pendingRange.upperBound)
    builder.append(byte: byte)
  }

  private mutating func flush(to position: Int) {
    if !pending.isEmpty {
      builder.append(mapped: pending, from: source, pendingRange, origin: origin)
      pending.removeAll(keepingCapacity: true)
    }
    pendingRange = position..<position
  }

  mutating func finish() -> Value {
    flush(to: 0)
    return Value(.string(builder.finish()), origin: origin)
  }

  /// The value with each code point replaced by what `change` makes of it; bytes that are not UTF-8 become U+FFFD.
  static func map(_ value: Value, _ evaluator: Evaluator, _ change: (UInt32) -> UInt32) -> Value {
    var mapper = RuneMapper(value, evaluator)
    (value.text ?? Text()).bytes.withUnsafeBufferPointer { bytes in
      var index = 0
      while index < bytes.count {
        let (rune, width) = Runes.decode(bytes, at: index)
        mapper.append(change(rune), from: index..<(index + width))
        index += width
      }
    }
    return mapper.finish()
  }
}
