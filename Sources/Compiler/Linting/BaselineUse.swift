import Configuration
import Diagnostics
import SourceText

/// The baselines of a run: which findings they know, and which of their entries nothing matches any more.
struct BaselineUse {
  private let files: any FileSystem
  private let control: LintControl
  private var known: [String: Baseline] = [:]
  /// By path: the numbers of the entries that were matched.
  private var matched: [String: Set<Int>] = [:]
  /// By path: the inputs that were linted, as entries name them.
  private var inputs: [String: Set<String>] = [:]
  private(set) var faults: [Diagnostic] = []

  init(files: any FileSystem, control: LintControl) {
    self.files = files
    self.control = control
  }

  mutating func apply(to diagnostics: inout [Diagnostic], input: String, _ configuration: Configuration) {
    let configured = configuration.baseline.map { Path.join(configuration.folder, $0) }
    guard !control.ignoresBaselines, let path = control.baseline ?? configured, let baseline = baseline(at: path)
    else { return }
    let relative = BaselinePaths(baseline: path, files: files).relative
    inputs[path, default: []].insert(relative(input))
    for index in diagnostics.indices where diagnostics[index].counts {
      guard let entry = Baseline.Entry(diagnostics[index], relative: relative) else { continue }
      let numbers = baseline.matches(entry)
      if !numbers.isEmpty { diagnostics[index].standing = .baselined }
      matched[path, default: []].formUnion(numbers)
    }
  }

  /// Of inputs that were not linted nothing is known.
  var stale: [(path: String, entry: Baseline.Entry)] {
    known.sorted { $0.key < $1.key }.flatMap { path, baseline in
      baseline.entries.enumerated().filter { number, entry in
        inputs[path]?.contains(entry.input) == true && matched[path]?.contains(number) != true
      }.map { (path, $0.element) }
    }
  }

  private mutating func baseline(at path: String) -> Baseline? {
    if let baseline = known[path] { return baseline }
    var baseline = Baseline(entries: [])
    do throws(BaselineError) {
      baseline = try read(path)
    } catch {
      faults.append(Self.fault(path, error.message))
    }
    known[path] = baseline
    return baseline
  }

  private func read(_ path: String) throws(BaselineError) -> Baseline {
    let text: ByteString
    do throws(FileError) {
      text = try files.read(path)
    } catch {
      throw BaselineError(message: error.message)
    }
    return try Baseline(SourceFile(path: path, text: text))
  }

  private static func fault(_ path: String, _ message: String) -> Diagnostic {
    Diagnostic(
      id: "input/baseline", level: .error, message: "cannot use the baseline `\(path)`: \(message)", primary: nil,
      notes: [Note(.fix, "`slipway lint --write-baseline \(path)` writes one")])
  }
}

/// Paths as a baseline holds them: relative to its folder, so that it does not matter where Slipway is started.
package struct BaselinePaths: Sendable {
  private let folder: String
  private let files: any FileSystem

  package init(baseline path: String, files: any FileSystem) {
    folder = Path.directory(files.absolute(path))
    self.files = files
  }

  package func relative(_ path: String) -> String {
    path == "-" ? path : relativePath(of: files.absolute(path), to: folder) ?? Path.base(path)
  }
}

extension LintResult {
  /// A baseline of all that fails or may fail now.
  package func baseline(at path: String, files: any FileSystem) -> Baseline {
    let relative = BaselinePaths(baseline: path, files: files).relative
    return Baseline(entries: diagnostics.filter(\.counts).compactMap { Baseline.Entry($0, relative: relative) })
  }
}
