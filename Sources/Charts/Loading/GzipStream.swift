import CZlib
import SourceText

/// Why an archive cannot be read: the text of Go's packages.
struct ArchiveError: Error, Hashable, Sendable {
  var message: String

  static let unexpectedEnd = ArchiveError(message: "unexpected EOF")
  static let gzipHeader = ArchiveError(message: "gzip: invalid header")
  static let gzipChecksum = ArchiveError(message: "gzip: invalid checksum")
  static let tarHeader = ArchiveError(message: "archive/tar: invalid tar header")
}

/// Unpacks a gzip text piece by piece, as Go's `gzip.Reader`: several members one after the other are one text.
///
/// Nothing is unpacked that is not asked for, so that an archive's reader decides how much memory it costs.
final class GzipStream {
  private static let chunkSize = 1 << 16

  private let input: [UInt8]
  private var position = 0
  private let stream: UnsafeMutablePointer<z_stream>
  /// Unpacked bytes that nobody has taken yet.
  private var output: [UInt8] = []
  private var taken = 0
  private var checksum: UInt = 0
  private var size: UInt32 = 0
  private var isMemberRead = false
  private var isFinished = false

  /// Reads the header of the first member.
  init(_ input: [UInt8]) throws(ArchiveError) {
    self.input = input
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    guard inflateInit2_(stream, -MAX_WBITS, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      throw ArchiveError(message: "gzip: out of memory")
    }
    if input.isEmpty { throw ArchiveError(message: "EOF") }
    try readHeader()
  }

  deinit {
    inflateEnd(stream)
    stream.deinitialize(count: 1)
    stream.deallocate()
  }

  /// Up to `count` bytes; fewer only at the end of the text.
  func read(_ count: Int) throws(ArchiveError) -> [UInt8] {
    var result: [UInt8] = []
    while result.count < count {
      if taken == output.count, try !fill() { break }
      let part = min(count - result.count, output.count - taken)
      result.append(contentsOf: output[taken..<(taken + part)])
      taken += part
    }
    return result
  }

  /// Passes over `count` bytes; false when the text ends first.
  func skip(_ count: Int) throws(ArchiveError) -> Bool {
    var left = count
    while left > 0 {
      if taken == output.count, try !fill() { return false }
      let part = min(left, output.count - taken)
      taken += part
      left -= part
    }
    return true
  }

  /// Unpacks the next piece; false at the end. What is wrong behind a member shows only when somebody reads on.
  private func fill() throws(ArchiveError) -> Bool {
    while !isFinished {
      if isMemberRead {
        try finishMember()
        continue
      }
      let status = inflateChunk()
      checksum = output.withUnsafeBufferPointer { crc32(checksum, $0.baseAddress, UInt32($0.count)) }
      size &+= UInt32(truncatingIfNeeded: output.count)
      switch status {
      case Z_OK:
        if output.isEmpty { throw .unexpectedEnd }
        return true
      case Z_STREAM_END:
        isMemberRead = true
        if !output.isEmpty { return true }
      case Z_BUF_ERROR: throw .unexpectedEnd
      default: throw ArchiveError(message: "flate: corrupt input before offset \(stream.pointee.total_in)")
      }
    }
    return false
  }

  private func inflateChunk() -> Int32 {
    var status = Z_OK
    let available = input.count - position
    taken = 0
    output = [UInt8](unsafeUninitializedCapacity: Self.chunkSize) { buffer, filled in
      status = input.withUnsafeBufferPointer { bytes in
        // zlib only reads what `next_in` points at.
        stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress.map { $0 + position })
        stream.pointee.avail_in = UInt32(clamping: available)
        stream.pointee.next_out = buffer.baseAddress
        stream.pointee.avail_out = UInt32(Self.chunkSize)
        let status = inflate(stream, Z_NO_FLUSH)
        position += min(available, Int(UInt32.max)) - Int(stream.pointee.avail_in)
        return status
      }
      filled = Self.chunkSize - Int(stream.pointee.avail_out)
    }
    return status
  }

  /// Checks the trailer of a member and goes on to the next, if there is one.
  private func finishMember() throws(ArchiveError) {
    isMemberRead = false
    guard input.count - position >= 8 else { throw .unexpectedEnd }
    let sum = littleEndian(at: position)
    let length = littleEndian(at: position + 4)
    position += 8
    guard UInt(sum) == checksum, length == size else { throw .gzipChecksum }
    if position == input.count {
      isFinished = true
      return
    }
    try readHeader()
    inflateReset(stream)
  }

  private func littleEndian(at index: Int) -> UInt32 {
    input[index..<(index + 4)].reversed().reduce(0) { $0 << 8 | UInt32($1) }
  }

  // MARK: Headers

  private func readHeader() throws(ArchiveError) {
    let start = position
    guard input.count - position >= 10 else { throw .unexpectedEnd }
    guard input[position...].starts(with: [0x1F, 0x8B, 8]) else { throw .gzipHeader }
    let flags = input[position + 3]
    position += 10
    if flags & 4 != 0 {
      guard input.count - position >= 2 else { throw .unexpectedEnd }
      let length = Int(input[position]) | Int(input[position + 1]) << 8
      position += 2
      guard input.count - position >= length else { throw .unexpectedEnd }
      position += length
    }
    if flags & 8 != 0 { try skipText() }
    if flags & 16 != 0 { try skipText() }
    if flags & 2 != 0 {
      guard input.count - position >= 2 else { throw .unexpectedEnd }
      let expected = UInt(input[position]) | UInt(input[position + 1]) << 8
      let actual = input[start..<position].withUnsafeBufferPointer { crc32(0, $0.baseAddress, UInt32($0.count)) }
      guard expected == actual & 0xFFFF else { throw .gzipHeader }
      position += 2
    }
    checksum = 0
    size = 0
  }

  /// A zero-terminated text of the header, at most 511 bytes.
  private func skipText() throws(ArchiveError) {
    let limit = min(position + 512, input.count)
    guard let end = input[position..<limit].firstIndex(of: 0) else {
      throw limit == input.count ? .unexpectedEnd : .gzipHeader
    }
    position = end + 1
  }
}
