import SourceText
import Values

/// Prints arguments by verbs and flags, as fmt's printer does.
struct ValuePrinter {
  /// `%w`
  static let errorVerb = UInt32(UInt8(ascii: "w"))

  var out: TextBuilder
  var flags = FormatFlags()
  /// The origin of the value that is being printed.
  private var origin = OriginID.none
  /// True inside a complaint about a wrong verb, where methods are not called.
  private var isComplaining = false

  private let tracking: Bool

  init(tracking: Bool, limit: Int) {
    self.tracking = tracking
    out = TextBuilder(tracking: tracking, limit: limit)
  }

  mutating func write(_ text: String) { out.append(literal: text.utf8) }

  mutating func write(rune: UInt32) {
    var bytes: [UInt8] = []
    Runes.append(rune, to: &bytes)
    out.append(literal: bytes)
  }

  /// Prints an argument of a format.
  mutating func printArgument(_ value: Value, verb: UInt32) {
    let letter = UInt8(exactly: verb) ?? 0
    origin = value.origin
    if value.isNone {
      if letter == UInt8(ascii: "T") || letter == UInt8(ascii: "v") { return pad(Array("<nil>".utf8)) }
      return complain(verb, value)
    }
    switch value.datum {
    case .list, .map, .object: if verb == ValuePrinter.errorVerb { return complain(verb, value) }
    default: break
    }
    switch letter {
    case UInt8(ascii: "T"): padText(ByteString(value.goType))
    case UInt8(ascii: "p"): printPointer(value, verb)
    default: print(value, verb: verb, depth: 0)
    }
  }

  private mutating func print(_ value: Value, verb: UInt32, depth: Int) {
    let outer = origin
    defer { origin = outer }
    if value.origin != .none { origin = value.origin }
    switch value.datum {
    case .none: write(flags.sharpV ? "interface {}(nil)" : "<nil>")
    case .bool(let flag): print(flag, verb, value)
    case .integer(let number, let type): print(number, type, verb, value)
    case .float(let number): print(number, verb, value)
    case .string(let text): print(text, verb, value)
    case .bytes(let bytes): print(bytes, verb, value, depth)
    case .list(let list): print(list, verb, depth)
    case .map(let map): print(map, verb, depth)
    case .object(let object): print(object, verb, value, depth)
    }
  }

  /// `%!d(string=x)`
  private mutating func complain(_ verb: UInt32, _ value: Value) {
    let outer = isComplaining
    isComplaining = true
    write("%!")
    write(rune: verb)
    write("(")
    if value.isNone {
      write("<nil>")
    } else {
      write(value.goType)
      write("=")
      print(value, verb: UInt32(UInt8(ascii: "v")), depth: 0)
    }
    write(")")
    isComplaining = outer
  }

  private mutating func printPointer(_ value: Value, _ verb: UInt32) {
    switch value.datum {
    // The address itself has no meaning outside Go.
    case .list, .map, .bytes:
      let outer = flags.sharp
      flags.sharp = !outer
      padInteger(flags.integer(0xC0_0000_0000, isSigned: false, base: 16))
      flags.sharp = outer
    default: complain(verb, value)
    }
  }

  // MARK: Scalars

  private mutating func print(_ flag: Bool, _ verb: UInt32, _ value: Value) {
    guard verb == UInt32(UInt8(ascii: "t")) || verb == UInt32(UInt8(ascii: "v")) else {
      return complain(verb, value)
    }
    pad(Array((flag ? "true" : "false").utf8))
  }

  private mutating func print(_ number: Int64, _ type: IntegerType, _ verb: UInt32, _ value: Value) {
    let bits = UInt64(bitPattern: number)
    switch UInt8(exactly: verb) ?? 0 {
    case UInt8(ascii: "v"):
      if flags.sharpV, !type.isSigned {
        let outer = flags.sharp
        flags.sharp = true
        pad(flags.integer(bits, isSigned: false, base: 16))
        flags.sharp = outer
      } else {
        padInteger(flags.integer(bits, isSigned: type.isSigned, base: 10))
      }
    case UInt8(ascii: "d"): padInteger(flags.integer(bits, isSigned: type.isSigned, base: 10))
    case UInt8(ascii: "b"): padInteger(flags.integer(bits, isSigned: type.isSigned, base: 2))
    case UInt8(ascii: "o"): padInteger(flags.integer(bits, isSigned: type.isSigned, base: 8))
    case UInt8(ascii: "O"): padInteger(flags.integer(bits, isSigned: type.isSigned, base: 8, hasOctalMark: true))
    case UInt8(ascii: "x"): padInteger(flags.integer(bits, isSigned: type.isSigned, base: 16))
    case UInt8(ascii: "X"): padInteger(flags.integer(bits, isSigned: type.isSigned, base: 16, isUpper: true))
    case UInt8(ascii: "c"): pad(FormatFlags.character(bits))
    case UInt8(ascii: "q"):
      pad(GoQuote.quoteCharacter(UInt32(exactly: bits) ?? UTF8Rune.replacement, ascii: flags.plus).bytes)
    case UInt8(ascii: "U"): padInteger(flags.unicode(bits))
    default: complain(verb, value)
    }
  }

  private mutating func print(_ number: Double, _ verb: UInt32, _ value: Value) {
    guard let letter = UInt8(exactly: verb) else { return complain(verb, value) }
    switch letter {
    case UInt8(ascii: "v"): printFloat(number, UInt8(ascii: "g"), precision: -1)
    case UInt8(ascii: "b"), UInt8(ascii: "g"), UInt8(ascii: "G"), UInt8(ascii: "x"), UInt8(ascii: "X"):
      printFloat(number, letter, precision: -1)
    case UInt8(ascii: "f"), UInt8(ascii: "e"), UInt8(ascii: "E"): printFloat(number, letter, precision: 6)
    case UInt8(ascii: "F"): printFloat(number, UInt8(ascii: "f"), precision: 6)
    default: complain(verb, value)
    }
  }

  private mutating func printFloat(_ number: Double, _ letter: UInt8, precision: Int) {
    let parts = flags.float(number, letter, precision: precision)
    // An infinity always shows its sign.
    let hasSign = flags.plus || parts.sign != UInt8(ascii: "+") || number.isInfinite
    guard hasSign else { return parts.isFinite ? pad(parts.digits) : padInteger(parts.digits) }
    let count = parts.digits.count + 1
    if parts.isFinite, flags.zero, !flags.minus, let width = flags.width, width > count {
      out.append(literal: CollectionOfOne(parts.sign), origin: origin)
      writePadding(width - count)
      return out.append(literal: parts.digits, origin: origin)
    }
    let text = [parts.sign] + parts.digits
    parts.isFinite ? pad(text) : padInteger(text)
  }

  private mutating func print(_ complex: ComplexNumber, _ verb: UInt32, _ value: Value) {
    guard let letter = UInt8(exactly: verb), "vbgGxXfFeE".utf8.contains(letter) else { return complain(verb, value) }
    let outer = flags.plus
    write("(")
    print(complex.real, verb, value)
    flags.plus = true
    print(complex.imaginary, verb, value)
    write("i)")
    flags.plus = outer
  }

  // MARK: Text

  private mutating func print(_ text: Text, _ verb: UInt32, _ value: Value) {
    switch UInt8(exactly: verb) ?? 0 {
    case UInt8(ascii: "v"):
      if flags.sharpV { printQuoted(text) } else { padText(text) }
    case UInt8(ascii: "s"): padText(text)
    case UInt8(ascii: "x"): printHex(text.bytes, isUpper: false)
    case UInt8(ascii: "X"): printHex(text.bytes, isUpper: true)
    case UInt8(ascii: "q"): printQuoted(text)
    default: complain(verb, value)
    }
  }

  private mutating func padText(_ text: ByteString) { padText(Text(text)) }

  /// Pads a text that keeps its own origins; a precision cuts it to that many characters.
  private mutating func padText(_ text: Text) {
    let end = cut(text.bytes)
    guard let width = flags.width else { return out.append(text, 0..<end, origin: origin) }
    let missing = width - UTF8Rune.count(end == text.bytes.count ? text.bytes : Array(text.bytes[..<end]))
    if !flags.minus { writePadding(missing) }
    out.append(text, 0..<end, origin: origin)
    if flags.minus { writePadding(missing) }
  }

  /// Where a text ends that a precision cuts.
  private func cut(_ bytes: [UInt8]) -> Int {
    guard let precision = flags.precision, precision < bytes.count else { return bytes.count }
    var offset = 0
    for _ in 0..<precision where offset < bytes.count { offset += UTF8Rune.decode(bytes, at: offset).width }
    return offset
  }

  private mutating func printQuoted(_ text: Text) {
    let end = cut(text.bytes)
    if flags.sharp, canBackquote(text.bytes[..<end]) {
      return pad([UInt8(ascii: "`")] + text.bytes[..<end] + [UInt8(ascii: "`")])
    }
    var quoted = TextBuilder(tracking: tracking)
    quoted.append(byte: UInt8(ascii: "\""))
    var offset = 0
    while offset < end {
      let width = UTF8Rune.decode(text.bytes, at: offset).width
      var escaped: [UInt8] = []
      GoQuote.append(text.bytes, offset..<(offset + width), to: &escaped, ascii: flags.plus)
      quoted.append(mapped: escaped, from: text, offset..<(offset + width), origin: origin)
      offset += width
    }
    quoted.append(byte: UInt8(ascii: "\""))
    let outer = flags.precision
    flags.precision = nil
    padText(quoted.finish())
    flags.precision = outer
  }

  /// True when the text can stand between back quotes: one line, no control character but tab, no byte order mark.
  private func canBackquote(_ text: ArraySlice<UInt8>) -> Bool {
    let bytes = Array(text)
    var offset = 0
    while offset < bytes.count {
      let rune = UTF8Rune.decode(bytes, at: offset)
      if rune.isInvalid || rune.scalar == 0xFEFF || rune.scalar == 0x7F || rune.scalar == 0x60 { return false }
      if rune.scalar < 0x20, rune.scalar != 0x09 { return false }
      offset += rune.width
    }
    return true
  }

  private mutating func printHex(_ bytes: [UInt8], isUpper: Bool) {
    let count = min(flags.precision ?? bytes.count, bytes.count)
    guard count > 0 else { return writePadding(flags.width ?? 0) }
    let digits = Array((isUpper ? "0123456789ABCDEFX" : "0123456789abcdefx").utf8)
    var text: [UInt8] = []
    for index in 0..<count {
      if flags.space, index > 0 { text.append(UInt8(ascii: " ")) }
      if flags.sharp, flags.space || index == 0 { text += [UInt8(ascii: "0"), digits[16]] }
      text.append(digits[Int(bytes[index] >> 4)])
      text.append(digits[Int(bytes[index] & 0xF)])
    }
    pad(text)
  }

  // MARK: Lists, maps, objects

  private mutating func print(_ bytes: ByteString, _ verb: UInt32, _ value: Value, _ depth: Int) {
    switch UInt8(exactly: verb) ?? 0 {
    case UInt8(ascii: "s"): padText(bytes)
    case UInt8(ascii: "q"): printQuoted(Text(bytes))
    case UInt8(ascii: "x"): printHex(bytes.bytes, isUpper: false)
    case UInt8(ascii: "X"): printHex(bytes.bytes, isUpper: true)
    default:
      let elements = bytes.bytes.map { Value(.integer(Int64($0), .uint8), origin: value.origin) }
      let type = flags.sharpV ? "[]byte" : "[]uint8"
      print(ListValue(elements, type: .other(type)), verb, depth)
    }
  }

  private mutating func print(_ list: ListValue, _ verb: UInt32, _ depth: Int) {
    guard depth < GoFormat.maximumDepth, !out.isFull else { return write("...") }
    if flags.sharpV {
      write(list.type.name)
      if list.isNil { return write("(nil)") }
    }
    write(flags.sharpV ? "{" : "[")
    for (index, element) in list.elements.enumerated() {
      if index > 0 { write(flags.sharpV ? ", " : " ") }
      print(element, verb: verb, depth: depth + 1)
    }
    write(flags.sharpV ? "}" : "]")
  }

  private mutating func print(_ map: MapValue, _ verb: UInt32, _ depth: Int) {
    guard depth < GoFormat.maximumDepth, !out.isFull else { return write("...") }
    if flags.sharpV {
      write(map.type.name)
      if map.isNil { return write("(nil)") }
    }
    write(flags.sharpV ? "{" : "map[")
    for (index, entry) in map.entries.enumerated() {
      if index > 0 { write(flags.sharpV ? ", " : " ") }
      print(Value.string(entry.key, origin: entry.keyOrigin), verb: verb, depth: depth + 1)
      write(":")
      print(entry.value, verb: verb, depth: depth + 1)
    }
    write(flags.sharpV ? "}" : "]")
  }

  private mutating func print(_ object: any TemplateObject, _ verb: UInt32, _ value: Value, _ depth: Int) {
    if let complex = object as? ComplexNumber { return print(complex, verb, value) }
    let letter = UInt8(exactly: verb) ?? 0
    if !isComplaining, !flags.sharpV, "vsxXq".utf8.contains(letter), let text = object.stringer {
      return print(Text(text), verb, value)
    }
    switch object.kind {
    case .map, .slice, .string, .bool, .int, .int8, .int16, .int32, .int64, .uint, .uint8, .uint16, .uint32, .uint64,
      .float64:
      print(Value(object.underlying, origin: value.origin), verb: verb, depth: depth)
    case .struct, .ptr, .interface, .complex128, .func, .invalid:
      out.append(literal: object.formatted.bytes, origin: origin)
    }
  }

  // MARK: Padding

  /// Pads bytes that the printed value supplied.
  private mutating func pad(_ bytes: [UInt8]) {
    guard let width = flags.width else { return out.append(literal: bytes, origin: origin) }
    let missing = width - UTF8Rune.count(bytes)
    if !flags.minus { writePadding(missing) }
    out.append(literal: bytes, origin: origin)
    if flags.minus { writePadding(missing) }
  }

  /// Pads with spaces only: zeros have been dealt with.
  private mutating func padInteger(_ bytes: [UInt8]) {
    let outer = flags.zero
    flags.zero = false
    pad(bytes)
    flags.zero = outer
  }

  private mutating func writePadding(_ count: Int) {
    guard count > 0 else { return }
    let byte = flags.zero && !flags.minus ? UInt8(ascii: "0") : UInt8(ascii: " ")
    out.append(literal: repeatElement(byte, count: count))
  }
}
