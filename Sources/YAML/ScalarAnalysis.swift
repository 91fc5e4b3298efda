import SourceText

/// What go-yaml's emitter looks at before it chooses how to write a scalar.
struct ScalarAnalysis {
  /// Some line break, not only LF.
  var isMultiline = false
  var containsLineFeed = false
  var allowsPlain = true
  var allowsPlainInFlow = true
  var allowsSingleQuoted = true
  var allowsBlock = true

  init(_ text: UnsafeBufferPointer<UInt8>, version: GoYAMLVersion) {
    guard !text.isEmpty else {
      allowsPlainInFlow = false
      allowsBlock = false
      return
    }
    var blockIndicators = text.count >= 3 && (ScalarAnalysis.begins(text, 0x2d) || ScalarAnalysis.begins(text, 0x2e))
    var flowIndicators = blockIndicators
    var special = false
    var tabs = false
    var spaces = Spaces()
    var precededByBlank = true
    var at = 0
    while at < text.count {
      let byte = text[at]
      if EmitterClass.isOrdinary[Int(byte)] {
        spaces.noteOther()
        precededByBlank = false
        at += 1
        continue
      }
      let width = EmitterClass.width(byte)
      if EmitterClass.isIndicator(byte) {
        let next = at + 1
        let followedByBlank = next >= text.count || text[next] == 0x20 || text[next] == 0x09
        let found = ScalarAnalysis.indicator(byte, isFirst: at == 0, followedByBlank, precededByBlank)
        flowIndicators = flowIndicators || found.flow
        blockIndicators = blockIndicators || found.block
      }
      if byte == 0x09 && version == .v3 {
        tabs = true
      } else if !EmitterClass.isPrintable(text, at) {
        special = true
      }
      let isBreak = EmitterClass.isBreak(text, at)
      if byte == 0x20 {
        spaces.noteSpace(isFirst: at == 0, isLast: at + 1 == text.count)
      } else if isBreak {
        spaces.noteBreak(isFirst: at == 0, isLast: at + width >= text.count)
        if byte == 0x0a { containsLineFeed = true }
      } else {
        spaces.noteOther()
      }
      precededByBlank = byte == 0x20 || byte == 0x09 || byte == 0 || isBreak
      at += width
    }
    decide(spaces, special: special, tabs: tabs, flowIndicators: flowIndicators, blockIndicators: blockIndicators)
  }

  private mutating func decide(
    _ spaces: Spaces, special: Bool, tabs: Bool, flowIndicators: Bool, blockIndicators: Bool
  ) {
    isMultiline = spaces.hasBreaks
    let atEdge = spaces.leadingSpace || spaces.leadingBreak || spaces.trailingSpace || spaces.trailingBreak
    let unfit = spaces.spaceBreak || special
    allowsPlain = !atEdge && !spaces.breakSpace && !unfit && !tabs && !spaces.hasBreaks && !blockIndicators
    allowsPlainInFlow = !atEdge && !spaces.breakSpace && !unfit && !tabs && !spaces.hasBreaks && !flowIndicators
    allowsSingleQuoted = !spaces.breakSpace && !unfit && !tabs
    allowsBlock = !spaces.trailingSpace && !unfit
  }

  /// Three times `byte`: `---` or `...`.
  private static func begins(_ text: UnsafeBufferPointer<UInt8>, _ byte: UInt8) -> Bool {
    text[0] == byte && text[1] == byte && text[2] == byte
  }

  private static func indicator(
    _ byte: UInt8, isFirst: Bool, _ followedByBlank: Bool, _ precededByBlank: Bool
  ) -> (flow: Bool, block: Bool) {
    switch byte {
    case UInt8(ascii: ":"): return (true, followedByBlank)
    case UInt8(ascii: "?"): return (true, isFirst && followedByBlank)
    case UInt8(ascii: "-"): return isFirst && followedByBlank ? (true, true) : (false, false)
    case UInt8(ascii: "#"): return precededByBlank ? (true, true) : (false, false)
    case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"):
      return (true, isFirst)
    default: return (isFirst, isFirst)
    }
  }

  /// Where spaces and line breaks stand.
  private struct Spaces {
    var leadingSpace = false
    var leadingBreak = false
    var trailingSpace = false
    var trailingBreak = false
    var breakSpace = false
    var spaceBreak = false
    var hasBreaks = false
    private var afterSpace = false
    private var afterBreak = false

    @inline(__always)
    mutating func noteOther() {
      afterSpace = false
      afterBreak = false
    }

    mutating func noteSpace(isFirst: Bool, isLast: Bool) {
      if isFirst { leadingSpace = true }
      if isLast { trailingSpace = true }
      if afterBreak { breakSpace = true }
      afterSpace = true
      afterBreak = false
    }

    mutating func noteBreak(isFirst: Bool, isLast: Bool) {
      hasBreaks = true
      if isFirst { leadingBreak = true }
      if isLast { trailingBreak = true }
      if afterSpace { spaceBreak = true }
      afterSpace = false
      afterBreak = true
    }
  }
}

/// The emitter's classes of characters, in UTF-8.
enum EmitterClass {
  /// Bytes that say nothing about how a scalar may be written: printable ASCII that is neither space nor indicator.
  static let isOrdinary: [Bool] = (0..<256).map { value in
    let byte = UInt8(value)
    return byte > 0x20 && byte < 0x7f && !isIndicator(byte)
  }

  static func isIndicator(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "#"), UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"),
      UInt8(ascii: "}"), UInt8(ascii: "&"), UInt8(ascii: "*"), UInt8(ascii: "!"), UInt8(ascii: "|"),
      UInt8(ascii: ">"), UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "%"), UInt8(ascii: "@"),
      UInt8(ascii: "`"), UInt8(ascii: "?"), UInt8(ascii: ":"), UInt8(ascii: "-"):
      true
    default: false
    }
  }

  static func width(_ byte: UInt8) -> Int {
    switch byte {
    case 0..<0xc0: 1
    case 0xc0..<0xe0: 2
    case 0xe0..<0xf0: 3
    default: 4
    }
  }

  static func isBreak(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
    switch text[at] {
    case 0x0a, 0x0d: true
    case 0xc2: at + 1 < text.count && text[at + 1] == 0x85
    case 0xe2: at + 2 < text.count && text[at + 1] == 0x80 && text[at + 2] & 0xfe == 0xa8
    default: false
    }
  }

  /// What the emitter writes as it is: LF and printable characters up to U+FFFD; not tabs, not emoji.
  static func isPrintable(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
    let byte = text[at]
    if byte < 0x80 { return byte == 0x0a || (byte >= 0x20 && byte <= 0x7e) }
    let second = at + 1 < text.count ? text[at + 1] : 0
    let third = at + 2 < text.count ? text[at + 2] : 0
    switch byte {
    case 0xc2: return second >= 0xa0
    case 0xc3...0xec, 0xee: return true
    case 0xed: return second < 0xa0
    case 0xef: return !(second == 0xbb && third == 0xbf) && !(second == 0xbf && third >= 0xbe)
    default: return false
    }
  }
}
