import SourceText

/// Reads a tar text entry by entry as Go's `tar.Reader`: V7, ustar, GNU and pax formats.
struct TarReader {
  /// One entry, without its content.
  struct Header {
    var name = ByteString()
    var type: UInt8 = 0
    var size = 0
    var mode = 0

    /// Directories by their type or by the file type bits of the mode.
    var isDirectory: Bool { type == UInt8(ascii: "5") || mode & ~0o7777 == 0o40000 }

    /// Links, devices, directories and pipes have no content, whatever their size says.
    var hasContent: Bool { !(UInt8(ascii: "1")...UInt8(ascii: "6") ~= type) }
  }

  /// Extended headers may not be larger than this.
  private static let specialLimit = 1 << 20
  /// Entries without content cost nothing of a chart's size; this bounds what they may cost in time.
  private static let entryLimit = 1 << 20
  private static let blockSize = 512

  private let stream: GzipStream
  /// Bytes of the current entry, its padding included, that were not read yet.
  private var remaining = 0
  private var padding = 0
  private var entries = 0

  init(_ stream: GzipStream) { self.stream = stream }

  /// The next entry; nil at the end of the archive.
  mutating func next() throws(ArchiveError) -> Header? {
    var paxRecords: [(key: ByteString, value: ByteString)] = []
    var longName: ByteString?
    while true {
      entries += 1
      guard entries <= Self.entryLimit else { throw .tarHeader }
      guard try stream.skip(remaining) else { throw .unexpectedEnd }
      // An archive that ends before the padding of its last entry is complete.
      guard try stream.skip(padding) else { return nil }
      (remaining, padding) = (0, 0)
      guard var header = try readHeader() else { return nil }
      begin(header)
      switch header.type {
      case UInt8(ascii: "x"): paxRecords = try Self.paxRecords(try special())
      case UInt8(ascii: "g"): return Header(name: header.name, type: header.type)
      case UInt8(ascii: "L"): longName = Self.text(try special()[...])
      case UInt8(ascii: "K"): _ = try special()
      case UInt8(ascii: "S"): throw .tarHeader
      default:
        if let longName { header.name = longName }
        try Self.apply(paxRecords, to: &header)
        begin(header)
        if header.type == 0 { header.type = UInt8(ascii: header.name.hasSuffix("/") ? "5" : "0") }
        return header
      }
    }
  }

  /// The content of the current entry, up to `limit` bytes of it.
  mutating func content(limit: Int) throws(ArchiveError) -> [UInt8] {
    let count = min(remaining, limit)
    let bytes = try stream.read(count)
    remaining -= bytes.count
    if bytes.count < count { throw .unexpectedEnd }
    return bytes
  }

  private mutating func begin(_ header: Header) {
    remaining = header.hasContent ? header.size : 0
    padding = (Self.blockSize - remaining % Self.blockSize) % Self.blockSize
  }

  private mutating func special() throws(ArchiveError) -> [UInt8] {
    guard remaining <= Self.specialLimit else { throw ArchiveError(message: "archive/tar: header field too long") }
    return try content(limit: remaining)
  }

  // MARK: Headers

  private func readHeader() throws(ArchiveError) -> Header? {
    guard let block = try readBlock() else { return nil }
    if block.allSatisfy({ $0 == 0 }) {
      guard let second = try readBlock() else { return nil }
      if second.allSatisfy({ $0 == 0 }) { return nil }
      throw .tarHeader
    }
    guard try Self.isChecksumRight(block) else { throw .tarHeader }
    var header = Header()
    header.name = Self.text(block[0..<100])
    header.mode = try Self.number(block[100..<108])
    _ = try Self.number(block[108..<116])
    _ = try Self.number(block[116..<124])
    header.size = try Self.number(block[124..<136])
    guard header.size >= 0 else { throw .tarHeader }
    _ = try Self.number(block[136..<148])
    header.type = block[156]
    try Self.readExtension(of: block, into: &header)
    return header
  }

  /// Fields that only formats with a magic number have.
  private static func readExtension(of block: [UInt8], into header: inout Header) throws(ArchiveError) {
    let magic = block[257..<263]
    let isUstar = magic.elementsEqual("ustar\0".utf8)
    let isGNU = magic.elementsEqual("ustar ".utf8) && block[263..<265].elementsEqual(" \0".utf8)
    guard isUstar || isGNU else { return }
    _ = try number(block[329..<337])
    _ = try number(block[337..<345])
    guard isUstar else { return }
    let isStar = block[508..<512].elementsEqual("tar\0".utf8)
    let prefix = text(block[345..<(isStar ? 476 : 500)])
    if !prefix.isEmpty { header.name = prefix + "/" + header.name }
  }

  private func readBlock() throws(ArchiveError) -> [UInt8]? {
    let block = try stream.read(Self.blockSize)
    if block.isEmpty { return nil }
    guard block.count == Self.blockSize else { throw .unexpectedEnd }
    return block
  }

  /// The sum of all bytes with the sum's own field as blanks; old programs added them as signed.
  private static func isChecksumRight(_ block: [UInt8]) throws(ArchiveError) -> Bool {
    let expected = try number(block[148..<156])
    var unsigned = 0
    var signed = 0
    for (index, byte) in block.enumerated() {
      let byte = 148..<156 ~= index ? UInt8(ascii: " ") : byte
      unsigned += Int(byte)
      signed += Int(Int8(bitPattern: byte))
    }
    return expected == unsigned || expected == signed
  }

  private static func text(_ bytes: ArraySlice<UInt8>) -> ByteString { ByteString(bytes.prefix { $0 != 0 }) }

  /// An octal text, or a binary number when the first bit is set.
  private static func number(_ field: ArraySlice<UInt8>) throws(ArchiveError) -> Int {
    if let first = field.first, first & 0x80 != 0 { return try binary(field, isNegative: first & 0x40 != 0) }
    var digits = field
    while let first = digits.first, first == 0x20 || first == 0 { digits = digits.dropFirst() }
    while let last = digits.last, last == 0x20 || last == 0 { digits = digits.dropLast() }
    if digits.isEmpty { return 0 }
    let text = digits.prefix { $0 != 0 }
    guard text.first != UInt8(ascii: "+"), text.first != UInt8(ascii: "-"),
      let number = UInt64(String(decoding: text, as: UTF8.self), radix: 8), let result = Int(exactly: number)
    else { throw .tarHeader }
    return result
  }

  private static func binary(_ field: ArraySlice<UInt8>, isNegative: Bool) throws(ArchiveError) -> Int {
    let inversion: UInt8 = isNegative ? 0xFF : 0
    var value: UInt64 = 0
    for (index, byte) in field.enumerated() {
      var byte = byte ^ inversion
      if index == 0 { byte &= 0x7F }
      guard value >> 56 == 0 else { throw .tarHeader }
      value = value << 8 | UInt64(byte)
    }
    guard value >> 63 == 0 else { throw .tarHeader }
    return isNegative ? ~Int(value) : Int(value)
  }

  // MARK: pax

  /// Records `length key=value\n`.
  private static func paxRecords(_ bytes: [UInt8]) throws(ArchiveError) -> [(key: ByteString, value: ByteString)] {
    var records: [(key: ByteString, value: ByteString)] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      guard let space = rest.firstIndex(of: 0x20),
        let length = Int(String(decoding: rest[..<space], as: UTF8.self)), length >= 5, length <= rest.count
      else { throw .tarHeader }
      let record = rest[space...].dropFirst().prefix(max(0, rest.startIndex + length - space - 1))
      guard record.last == 0x0A, let equals = record.firstIndex(of: UInt8(ascii: "=")), equals > record.startIndex
      else { throw .tarHeader }
      let key = ByteString(record[..<equals])
      let value = ByteString(record[(equals + 1)...].dropLast())
      let isText = ["path", "linkpath", "uname", "gname"].contains(key)
      guard !(isText ? value : key).bytes.contains(0) else { throw .tarHeader }
      records.append((key, value))
      rest = rest.dropFirst(length)
    }
    return records
  }

  private static func apply(
    _ records: [(key: ByteString, value: ByteString)], to header: inout Header
  ) throws(ArchiveError) {
    for record in records where !record.value.isEmpty {
      switch record.key {
      case "path": header.name = record.value
      case "size":
        guard let size = Int(record.value.string), size >= 0 else { throw .tarHeader }
        header.size = size
      default: break
      }
    }
  }
}
