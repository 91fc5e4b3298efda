/// What a path is.
package enum FileKind: Hashable, Sendable {
  case file
  case directory
  case symbolicLink
  /// A pipe, socket or device.
  case other
}

/// One name in a directory.
package struct DirectoryEntry: Hashable, Sendable {
  package var name: String
  /// What it is, where the directory itself says so; `FileSystem.kind(of:)` tells else.
  package var kind: FileKind?

  package init(name: String, kind: FileKind?) {
    self.name = name
    self.kind = kind
  }
}

/// Why a path could not be read. `message` is the text of the operating system as Go words it
/// (`no such file or directory`, `is a directory`, `permission denied`).
package struct FileError: Error, Hashable, Sendable {
  package var path: String
  package var message: String

  package init(path: String, message: String) {
    self.path = path
    self.message = message
  }
}

/// The disk as the rooms see it: a value handed in by the command line, so that nothing below it touches the disk.
package protocol FileSystem: Sendable {
  /// The whole content of a file.
  func read(_ path: String) throws(FileError) -> ByteString
  /// What `path` is, without following a symbolic link.
  func kind(of path: String) throws(FileError) -> FileKind
  /// The names in a directory, in bytewise order.
  func list(_ path: String) throws(FileError) -> [String]
  /// The same, each with what it is.
  func entries(of path: String) throws(FileError) -> [DirectoryEntry]
  /// The path with every symbolic link resolved.
  func resolve(_ path: String) throws(FileError) -> String
  /// `path` made absolute against the working directory and cleaned of `.` and `..`.
  func absolute(_ path: String) -> String
  /// All of standard input; empty from the second call on, as a stream is.
  func readStandardInput() -> ByteString
}

extension FileSystem {
  package func entries(of path: String) throws(FileError) -> [DirectoryEntry] {
    try list(path).map { DirectoryEntry(name: $0, kind: nil) }
  }
}
