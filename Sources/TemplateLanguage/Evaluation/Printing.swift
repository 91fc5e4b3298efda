import SourceText
import Values

// What an action writes.
extension Execution {
  /// Prints the value of an action, as fmt.Fprint does.
  mutating func print(_ value: Value, at id: NodeID) throws(ExecutionError) {
    let before = output.count
    switch value.datum {
    case .string(let text):
      output.print(text, origin: value.origin, site: site(id), frame: frame)
    case .none:
      output.append(literal: Execution.noValue, origin: value.origin, site: site(id), frame: frame)
    case .integer(let number, let type) where type.isSigned || number >= 0:
      printInteger(number, origin: value.origin, at: id)
    case .bool, .integer, .float:
      output.append(
        literal: GoFormat.string(value).bytes, origin: value.origin, site: site(id), frame: frame)
    case .object(let object) where object.printedByAction != nil:
      output.append(
        literal: (object.printedByAction ?? "").bytes, origin: value.origin, site: site(id), frame: frame)
    case .object(let object) where object.printedByAction != nil:
      let text = object.printedByAction ?? ByteString()
      output.append(literal: text.bytes, origin: value.origin, site: site(id), frame: frame)
    case .bytes, .list, .map, .object:
      var builder = TextBuilder(tracking: isTracking, limit: evaluator.textLimit)
      GoFormat.print(value, to: &builder)
      output.print(builder.finish(), origin: value.origin, site: site(id), frame: frame)
    }
    try charge(output.count - before)
  }

  private mutating func printInteger(_ number: Int64, origin: OriginID, at id: NodeID) {
    var digits: [UInt8] = []
    digits.reserveCapacity(20)
    var rest = number.magnitude
    repeat {
      digits.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
    if number < 0 { digits.append(UInt8(ascii: "-")) }
    digits.reverse()
    output.append(literal: digits, origin: origin, site: site(id), frame: frame)
  }

  private static let noValue = Array("<no value>".utf8)
}
