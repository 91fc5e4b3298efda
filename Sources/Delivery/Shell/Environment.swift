import SourceText

/// What is known of a shell's variables at one point of a script.
struct ShellEnvironment {
  enum Variable: Hashable {
    case text(ResolvedText, isAssumed: Bool)
    case array([ResolvedText])
    /// Set, but to what only the run knows.
    case unknown
  }

  private var variables: [ByteString: Variable] = [:]

  /// Longer values are not followed: names and tags are short, and `a=$a$a` doubles without end.
  fileprivate static let mostBytes = 4096
  /// Longer arrays are not followed.
  fileprivate static let mostItems = 256
  /// What `set` switched on.
  var options = Options()
  /// The variables that programs see which the shell starts.
  var exported: Set<ByteString> = []
  /// Manifests that a command wrote into a file, by the file's path.
  var writtenManifests: [ByteString: [DeliveryTarget]] = [:]
  /// `$1`…; nil when they are the script's own.
  var positional: [ResolvedText]?
  /// The directory that `cd` went to.
  var directory: ResolvedText?

  struct Options: Hashable {
    /// `-e`
    var stopsAtFailure = false
    /// The `set +e` that switched it off.
    var ignoresFailure: SourceRange?
    /// `pipefail`
    var failsWithPipes = false
    /// `-u`
    var demandsVariables = false
    /// `-a`
    var exportsAll = false
  }

  init() {}

  /// The names of all variables.
  var names: Set<ByteString> { Set(variables.keys) }

  /// What a program sees that the shell starts.
  var inherited: ShellEnvironment {
    var result = ShellEnvironment()
    result.variables = options.exportsAll ? variables : variables.filter { exported.contains($0.key) }
    result.exported = Set(result.variables.keys)
    result.directory = directory
    result.writtenManifests = writtenManifests
    return result
  }

  subscript(name: ByteString) -> Variable? {
    get { variables[name] }
    set { variables[name] = newValue.map { $0.isLarge ? .unknown : $0 } }
  }

  mutating func forget(_ name: ByteString) { variables[name] = .unknown }

  /// What is certain after either of two ways: what both agree on.
  func merged(with other: ShellEnvironment) -> ShellEnvironment {
    var result = self
    for (name, value) in other.variables where variables[name] != value { result.variables[name] = .unknown }
    for name in variables.keys where other.variables[name] == nil { result.variables[name] = .unknown }
    if directory != other.directory { result.directory = ResolvedText(hole: "$PWD") }
    if positional != other.positional { result.positional = nil }
    result.exported.formUnion(other.exported)
    if !other.options.stopsAtFailure { result.options.stopsAtFailure = false }
    if !other.options.failsWithPipes { result.options.failsWithPipes = false }
    result.options.ignoresFailure = options.ignoresFailure ?? other.options.ignoresFailure
    for (path, targets) in other.writtenManifests { result.writtenManifests[path] = targets }
    return result
  }
}

extension ShellEnvironment.Variable {
  fileprivate var isLarge: Bool {
    switch self {
    case .text(let text, _): text.byteCount > ShellEnvironment.mostBytes
    case .array(let items):
      items.count > ShellEnvironment.mostItems || items.reduce(0) { $0 + $1.byteCount } > 4 * ShellEnvironment.mostBytes
    case .unknown: false
    }
  }
}
