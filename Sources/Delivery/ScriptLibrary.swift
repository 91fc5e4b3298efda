import SourceText

/// The delivery files of the input, which call each other by their paths.
package struct ScriptLibrary: Sendable {
  private var files: [ByteString: SourceFile] = [:]

  package init(_ files: [SourceFile] = []) {
    for file in files { self.files[GoPath.clean(ByteString(file.path))] = file }
  }

  /// The file that a path leads to; nil when it is none of the input's.
  func file(_ path: ResolvedText, calledFrom caller: SourceFile, directory: ResolvedText?) -> SourceFile? {
    if files.isEmpty { return nil }
    var path = path
    if let directory, !directory.isEmpty, let first = path.literalPrefix.bytes.first, first != UInt8(ascii: "/") {
      var whole = directory
      whole.append("/")
      whole.append(path)
      path = whole
    }
    return InputPath.candidates(path, from: caller).lazy.compactMap { files[$0] }.first
  }
}

/// Where a path in a script may lead. Scripts run in a directory that only the run knows: that of the repository, the
/// script's own, or one between.
package enum InputPath {
  private static let mostFolders = 32

  /// The paths as the linter may name them, the likeliest first: from the folder of `file`, then from those around it.
  /// A leading variable (`$ROOT/k8s`, `$(dirname "$0")/lib.sh`) is taken for one of them.
  package static func candidates(_ path: ResolvedText, from file: SourceFile) -> [ByteString] {
    guard let path = relative(path) else { return [] }
    if path.bytes.first == UInt8(ascii: "/") { return [GoPath.clean(path)] }
    return folders(around: file).map { GoPath.join($0, path) }
  }

  private static func relative(_ path: ResolvedText) -> ByteString? {
    if let constant = path.constant { return constant.isEmpty ? nil : constant }
    guard path.pieces.count == 2, case .hole = path.pieces[0], case .literal(let rest) = path.pieces[1],
      rest.bytes.first == UInt8(ascii: "/"), rest.count > 1
    else { return nil }
    return rest[1..<rest.count]
  }

  private static func folders(around file: SourceFile) -> [ByteString] {
    var folder = GoPath.directory(ByteString(file.path))
    var result = [folder]
    while result.count < mostFolders, folder != ".", folder != "/", GoPath.base(folder) != ".." {
      folder = GoPath.directory(folder)
      result.append(folder)
    }
    return result
  }
}
