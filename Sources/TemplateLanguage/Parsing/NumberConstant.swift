import SourceText

/// A numeric constant in every Go type that can hold it.
package struct NumberConstant: Sendable {
  /// As written.
  package let source: ByteString
  package var integer: Int64?
  package var unsigned: UInt64?
  package var float: Double?
  package var complex: (real: Double, imaginary: Double)?

  /// The value where any type is welcome: the way it is written decides.
  package enum Ideal: Sendable {
    case int(Int64)
    case float(Double)
    case complex(real: Double, imaginary: Double)
    /// An integer that fits no int.
    case overflow
  }

  package var ideal: Ideal {
    if let complex { return .complex(real: complex.real, imaginary: complex.imaginary) }
    if let float, !isHexadecimalInteger, source.bytes.first != UInt8(ascii: "'"), hasFloatMark { return .float(float) }
    if let integer { return .int(integer) }
    return .overflow
  }

  private var hasFloatMark: Bool {
    source.bytes.contains { byte in ".eEpP".utf8.contains(byte) }
  }

  private var isHexadecimalInteger: Bool {
    let bytes = source.bytes
    return bytes.count > 2 && bytes[0] == UInt8(ascii: "0") && (bytes[1] | 0x20) == UInt8(ascii: "x")
      && !bytes.contains { ($0 | 0x20) == UInt8(ascii: "p") }
  }

  /// Reads a constant of the kinds number, complex and character; throws Go's message.
  static func parse(_ source: ByteString, kind: TokenKind) throws(NumberFault) -> NumberConstant {
    var constant = NumberConstant(source: source)
    switch kind {
    case .charConstant: try constant.readCharacter()
    case .complex: try constant.readComplex()
    default: try constant.readNumber()
    }
    return constant
  }

  private init(source: ByteString) { self.source = source }

  private mutating func readCharacter() throws(NumberFault) {
    var offset = 1
    guard let (value, _) = GoUnquote.character(source.bytes, &offset, quote: UInt8(ascii: "'")) else {
      throw NumberFault(message: "invalid syntax")
    }
    guard offset == source.count - 1 else {
      throw NumberFault(message: "malformed character constant: " + source)
    }
    integer = Int64(value)
    unsigned = UInt64(value)
    float = Double(value)
  }

  private mutating func readComplex() throws(NumberFault) {
    let bytes = source.bytes
    // The sign of the imaginary part is the last one that belongs to no exponent.
    let sign = bytes.indices.last { index in
      index > 0 && (bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-"))
        && !((bytes[index - 1] | 0x20) == UInt8(ascii: "e") && !isHexadecimal(bytes[..<index]))
        && (bytes[index - 1] | 0x20) != UInt8(ascii: "p")
    }
    guard let sign, let real = GoNumber.float(bytes[..<sign]),
      let imaginary = GoNumber.float(bytes[sign..<(bytes.count - 1)])
    else { throw NumberFault(message: "syntax error scanning complex number") }
    setComplex(real, imaginary)
  }

  private func isHexadecimal(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.contains { ($0 | 0x20) == UInt8(ascii: "x") }
  }

  private mutating func setComplex(_ real: Double, _ imaginary: Double) {
    complex = (real, imaginary)
    guard imaginary == 0 else { return }
    float = real
    integer = Int64(exactly: real)
    unsigned = UInt64(exactly: real)
  }

  private mutating func readNumber() throws(NumberFault) {
    if source.bytes.last == UInt8(ascii: "i"), let imaginary = GoNumber.float(source.bytes.dropLast()) {
      return setComplex(0, imaginary)
    }
    unsigned = GoNumber.unsigned(source.bytes[...])
    integer = GoNumber.signed(source.bytes[...])
    if integer == 0, unsigned == nil { unsigned = 0 }
    if let integer {
      float = Double(integer)
    } else if let unsigned {
      float = Double(unsigned)
    } else if let value = GoNumber.float(source.bytes[...]) {
      guard hasFloatMark else { throw NumberFault(message: "integer overflow: " + GoQuote.quote(source)) }
      float = value
      integer = Int64(exactly: value)
      unsigned = UInt64(exactly: value)
    } else {
      throw NumberFault(message: "illegal number syntax: " + GoQuote.quote(source))
    }
  }
}

/// Why a constant is not a number: Go's message.
struct NumberFault: Error {
  var message: ByteString
}
