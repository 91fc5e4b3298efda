import SourceText
import Values

extension GoFormat {
  /// `fmt.Sprintf`: text of the format and of each argument keeps its origin.
  package static func sprintf(
    _ format: Text, formatOrigin: OriginID = .none, _ arguments: [Value], tracking: Bool,
    limit: Int = TextBuilder.mostBytes
  ) -> Text {
    var run = FormatRun(format: format, origin: formatOrigin, arguments: arguments, tracking: tracking, limit: limit)
    return run.format()
  }

  /// `fmt.Sprint`: a space stands between two arguments where neither is a string.
  package static func sprint(_ arguments: [Value], tracking: Bool, limit: Int = TextBuilder.mostBytes) -> Text {
    var printer = ValuePrinter(tracking: tracking, limit: limit)
    var previousIsString = true
    for (index, argument) in arguments.enumerated() {
      let isString = argument.kind == .string
      if index > 0, !isString, !previousIsString { printer.out.append(byte: UInt8(ascii: " ")) }
      printer.printArgument(argument, verb: UInt32(UInt8(ascii: "v")))
      previousIsString = isString
    }
    return printer.out.finish()
  }

  /// `fmt.Sprintln`: spaces between all arguments, and a newline.
  package static func sprintln(_ arguments: [Value], tracking: Bool, limit: Int = TextBuilder.mostBytes) -> Text {
    var printer = ValuePrinter(tracking: tracking, limit: limit)
    for (index, argument) in arguments.enumerated() {
      if index > 0 { printer.out.append(byte: UInt8(ascii: " ")) }
      printer.printArgument(argument, verb: UInt32(UInt8(ascii: "v")))
    }
    printer.out.append(byte: UInt8(ascii: "\n"))
    return printer.out.finish()
  }
}

/// One walk over a format string.
private struct FormatRun {
  /// The largest width, precision and argument number that Go accepts.
  static let largestNumber = 1_000_000

  let text: Text
  let origin: OriginID
  let arguments: [Value]
  var printer: ValuePrinter
  var index = 0
  var argument = 0
  var isAfterIndex = false
  var isGoodIndex = true
  var isReordered = false

  init(format: Text, origin: OriginID, arguments: [Value], tracking: Bool, limit: Int) {
    text = format
    self.origin = origin
    self.arguments = arguments
    printer = ValuePrinter(tracking: tracking, limit: limit)
  }

  private var byte: UInt8? { index < text.bytes.count ? text.bytes[index] : nil }

  mutating func format() -> Text {
    while index < text.bytes.count, !printer.out.isFull {
      let start = index
      while let byte, byte != UInt8(ascii: "%") { index += 1 }
      printer.out.append(text, start..<index, origin: origin)
      guard index < text.bytes.count else { break }
      index += 1
      isGoodIndex = true
      isAfterIndex = false
      printer.flags = FormatFlags()
      if readFlags() { continue }
      readArgumentIndex()
      readWidth()
      readPrecision()
      if !isAfterIndex { readArgumentIndex() }
      guard index < text.bytes.count else {
        printer.write("%!(NOVERB)")
        break
      }
      runVerb()
    }
    reportExtra()
    return printer.out.finish()
  }

  /// Reads the flags; true when a simple verb followed and has been run.
  private mutating func readFlags() -> Bool {
    while let byte {
      switch byte {
      case UInt8(ascii: "#"): printer.flags.sharp = true
      case UInt8(ascii: "0"): printer.flags.zero = true
      case UInt8(ascii: "+"): printer.flags.plus = true
      case UInt8(ascii: "-"): printer.flags.minus = true
      case UInt8(ascii: " "): printer.flags.space = true
      default:
        guard byte >= UInt8(ascii: "a"), byte <= UInt8(ascii: "z"), argument < arguments.count else { return false }
        runVerb()
        return true
      }
      index += 1
    }
    return false
  }

  private mutating func runVerb() {
    let rune = UTF8Rune.decode(text.bytes, at: index)
    index += rune.width
    if rune.scalar == UInt32(UInt8(ascii: "%")) { return printer.write("%") }
    guard isGoodIndex else { return report(rune.scalar, "BADINDEX") }
    guard argument < arguments.count else { return report(rune.scalar, "MISSING") }
    // `%w` belongs to errors; elsewhere it is a wrong verb that is read as `%v`.
    if rune.scalar == UInt32(UInt8(ascii: "v")) || rune.scalar == ValuePrinter.errorVerb {
      printer.flags.turnToValueFlags()
    }
    printer.printArgument(arguments[argument], verb: rune.scalar)
    argument += 1
  }

  private mutating func report(_ verb: UInt32, _ complaint: String) {
    printer.write("%!")
    printer.write(rune: verb)
    printer.write("(\(complaint))")
  }

  private mutating func reportExtra() {
    guard !isReordered, argument < arguments.count else { return }
    printer.flags = FormatFlags()
    printer.write("%!(EXTRA ")
    for (position, extra) in arguments[argument...].enumerated() {
      if position > 0 { printer.write(", ") }
      if extra.isNone {
        printer.write("<nil>")
      } else {
        printer.write(extra.goType)
        printer.write("=")
        printer.printArgument(extra, verb: UInt32(UInt8(ascii: "v")))
      }
    }
    printer.write(")")
  }

  private mutating func readWidth() {
    if byte == UInt8(ascii: "*") {
      index += 1
      printer.flags.width = takeInteger()
      guard let width = printer.flags.width else {
        printer.write("%!(BADWIDTH)")
        isAfterIndex = false
        return
      }
      if width < 0 {
        printer.flags.width = -width
        printer.flags.minus = true
        printer.flags.zero = false
      }
      isAfterIndex = false
    } else {
      printer.flags.width = readNumber(until: text.bytes.count)
      if isAfterIndex, printer.flags.width != nil { isGoodIndex = false }
    }
  }

  private mutating func readPrecision() {
    guard byte == UInt8(ascii: ".") else { return }
    index += 1
    if isAfterIndex { isGoodIndex = false }
    readArgumentIndex()
    if byte == UInt8(ascii: "*") {
      index += 1
      printer.flags.precision = takeInteger().flatMap { $0 < 0 ? nil : $0 }
      if printer.flags.precision == nil { printer.write("%!(BADPREC)") }
      isAfterIndex = false
    } else {
      printer.flags.precision = readNumber(until: text.bytes.count) ?? 0
    }
  }

  /// The next argument, which must be an integer, for a `*`.
  private mutating func takeInteger() -> Int? {
    guard argument < arguments.count else { return nil }
    let value = arguments[argument]
    argument += 1
    guard case .integer(let number, let type) = value.datum else { return nil }
    if !type.isSigned, number < 0 { return nil }
    return number.magnitude > UInt64(FormatRun.largestNumber) ? nil : Int(number)
  }

  /// A decimal number at the index; nil when there is none or it is too large, which ends the format.
  private mutating func readNumber(until end: Int) -> Int? {
    var number = 0
    var isNumber = false
    while index < end, let byte, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
      if number > FormatRun.largestNumber {
        index = end
        return nil
      }
      number = number * 10 + Int(byte - UInt8(ascii: "0"))
      isNumber = true
      index += 1
    }
    return isNumber ? number : nil
  }

  /// `[n]`
  private mutating func readArgumentIndex() {
    isAfterIndex = false
    guard byte == UInt8(ascii: "[") else { return }
    isReordered = true
    guard text.bytes.count - index >= 3,
      let close = text.bytes[(index + 1)...].firstIndex(of: UInt8(ascii: "]"))
    else {
      isGoodIndex = false
      index += 1
      return
    }
    index += 1
    let number = readNumber(until: close)
    let isNumber = number != nil && index == close
    index = close + 1
    guard isNumber, let number else {
      isGoodIndex = false
      return
    }
    isAfterIndex = true
    if number >= 1, number <= arguments.count { argument = number - 1 } else { isGoodIndex = false }
  }
}
