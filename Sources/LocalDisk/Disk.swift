import SourceText
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The real disk and standard input: the one place that knows the operating system's calls for files.
package struct Disk: FileSystem {
  /// The most that is read of one file, device or stream; what a whole chart may have.
  package static let mostBytes = 100 << 20

  /// Told of each file before it is read.
  private let reading: @Sendable (String) -> Void
  /// Told when standard input is larger than may be read; nothing sensible can follow.
  private let refusing: @Sendable (FileError) -> Void
  /// Seconds that a pipe may stay silent.
  private let wait: Double
  private let once = OnceReadable()

  /// - Parameter wait: seconds that a named pipe may stay silent.
  package init(
    reading: @escaping @Sendable (String) -> Void = { _ in },
    refusing: @escaping @Sendable (FileError) -> Void = { _ in },
    wait: Double = 60
  ) {
    self.reading = reading
    self.refusing = refusing
    self.wait = wait
  }

  package func read(_ path: String) throws(FileError) -> ByteString {
    reading(path)
    // Opening a pipe must not wait for its writer: reading does, for a while.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw failure(path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure(path) }
    if status.st_mode & S_IFMT == S_IFDIR { throw FileError(path: path, message: "is a directory") }
    guard status.st_size <= Self.mostBytes else { throw tooLarge(path) }
    if status.st_size >= LargePages.worthwhileBytes { LargePages.prefer() }
    let isRegular = status.st_mode & S_IFMT == S_IFREG
    if !isRegular, let known = once.result(of: path) { return try known.get() }
    let result = content(of: descriptor, path, size: Int(status.st_size), isRegular: isRegular)
    if !isRegular { once.keep(result, of: path) }
    return try result.get()
  }

  private func content(
    of descriptor: Int32, _ path: String, size: Int, isRegular: Bool
  ) -> Result<ByteString, FileError> {
    guard let bytes = readAll(descriptor, expecting: size, isRegular: isRegular) else {
      if errno == ETIMEDOUT {
        let message = "nothing came for \(Self.text(wait)) seconds (see --max-wait)"
        return .failure(FileError(path: path, message: message))
      }
      return .failure(failure(path))
    }
    // Devices and pipes do not tell their size.
    return bytes.count <= Self.mostBytes ? .success(ByteString(bytes)) : .failure(tooLarge(path))
  }

  package func kind(of path: String) throws(FileError) -> FileKind {
    var status = stat()
    guard lstat(path, &status) == 0 else { throw failure(path) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return .directory
    case S_IFLNK: return .symbolicLink
    default: return .other
    }
  }

  package func list(_ path: String) throws(FileError) -> [String] { try entries(of: path).map(\.name) }

  package func entries(of path: String) throws(FileError) -> [DirectoryEntry] {
    guard let directory = opendir(path) else { throw failure(path) }
    defer { closedir(directory) }
    var entries: [DirectoryEntry] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." {
        entries.append(DirectoryEntry(name: name, kind: Self.kind(ofEntry: Int(entry.pointee.d_type))))
      }
    }
    return entries.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  /// Some file systems do not say.
  private static func kind(ofEntry type: Int) -> FileKind? {
    switch type {
    case Int(DT_UNKNOWN): nil
    case Int(DT_REG): .file
    case Int(DT_DIR): .directory
    case Int(DT_LNK): .symbolicLink
    default: .other
    }
  }

  package func resolve(_ path: String) throws(FileError) -> String {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    let hasResolved = realpath(path, &buffer) != nil
    let code = errno
    let end = buffer.firstIndex(of: 0) ?? buffer.endIndex
    let resolved = String(decoding: buffer[..<end].map(UInt8.init(bitPattern:)), as: UTF8.self)
    // On failure it is the first part of the way that cannot be looked at.
    guard hasResolved else { throw FileError(path: resolved.isEmpty ? path : resolved, message: reason(code)) }
    return resolved
  }

  package func absolute(_ path: String) -> String {
    if path.hasPrefix("/") { return GoPath.clean(ByteString(path)).string }
    guard let working = getcwd(nil, 0) else { return GoPath.clean(ByteString(path)).string }
    defer { free(working) }
    return GoPath.join(ByteString(String(cString: working)), ByteString(path)).string
  }

  package func readStandardInput() -> ByteString {
    let bytes = readAll(STDIN_FILENO, expecting: 0, isRegular: false) ?? []
    guard bytes.count <= Self.mostBytes else {
      refusing(tooLarge("-"))
      return ByteString()
    }
    return ByteString(bytes)
  }

  private func tooLarge(_ path: String) -> FileError {
    FileError(path: path, message: "file is larger than \(Self.mostBytes) bytes")
  }

  private func failure(_ path: String) -> FileError { FileError(path: path, message: reason(errno)) }

  private static func text(_ seconds: Double) -> String {
    seconds == seconds.rounded() && seconds < 1e9 ? String(Int(seconds)) : String(seconds)
  }

  /// Waits until there is something to read, or the end is; false with `errno` set when neither comes. A pipe that
  /// nobody has opened for writing yet is waited for, too: that is no end.
  private func awaitInput(_ descriptor: Int32) -> Bool {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    let milliseconds = Int32(min(wait * 1000, Double(Int32.max)))
    while true {
      let count = poll(&request, 1, milliseconds)
      if count > 0 { return true }
      if count < 0, errno == EINTR { continue }
      if count == 0 { errno = ETIMEDOUT }
      return false
    }
  }

  /// Reads to the end, or a little more than may be read; nil on an error, with `errno` set.
  /// A regular file has ended where it gives less than is asked.
  private func readAll(_ descriptor: Int32, expecting size: Int, isRegular: Bool) -> [UInt8]? {
    var bytes: [UInt8] = []
    // One byte more than expected, so that a file that kept its size is read in one call and known to have ended.
    // Files that the kernel makes up say that they are empty.
    let mayEndEarly = isRegular && size > 0
    var room = mayEndEarly ? size + 1 : 4096
    while true {
      if !isRegular, descriptor != STDIN_FILENO, !awaitInput(descriptor) { return nil }
      let before = bytes.count
      var count = 0
      let piece = [UInt8](unsafeUninitializedCapacity: room) { buffer, filled in
        count = Glibc.read(descriptor, buffer.baseAddress, room)
        filled = max(count, 0)
      }
      if bytes.isEmpty { bytes = piece } else { bytes.append(contentsOf: piece) }
      if count < 0 {
        if errno == EINTR || errno == EAGAIN { continue }
        return nil
      }
      if count == 0 || bytes.count > Self.mostBytes || mayEndEarly && count < room { return bytes }
      if bytes.count - before == room { room = min(room * 2, 1 << 24) }
    }
  }
}

/// What pipes and devices gave: they give it once, while a render that fails is done again to explain it.
private final class OnceReadable: Sendable {
  private struct Entry: Sendable {
    var path: String
    var content: ByteString?
    var error: FileError?
  }

  // No dictionary: making its type takes longer than most renders read files, and pipes are few.
  private let entries = Mutex<[Entry]>([])

  func result(of path: String) -> Result<ByteString, FileError>? {
    let entry = entries.withLock { entries in entries.first { $0.path == path } }
    if let error = entry?.error { return .failure(error) }
    return entry?.content.map { .success($0) }
  }

  func keep(_ result: Result<ByteString, FileError>, of path: String) {
    var entry = Entry(path: path)
    switch result {
    case .success(let content): entry.content = content
    case .failure(let error): entry.error = error
    }
    entries.withLock { [entry] in $0.append(entry) }
  }
}
