import Charts
import Compiler
import Flags
import SourceText
import TemplateLanguage

/// A command line of `render`, checked in Helm's order.
struct RenderArguments {
  let flags: ParsedFlags
  var request = ReleaseRequest(chart: "")
  var output = OutputOptions()
  var warnings: [String] = []
  var isDebugging = false
  var limits: RunLimits { RunLimits(flags) }
  /// The clock, chance and the cluster that templates see.
  var environment = World.environment

  static func read(_ arguments: [String]) throws(CommandFailure) -> RenderArguments {
    let flags: ParsedFlags
    do throws(FlagError) {
      flags = try FlagParser(TemplateFlags.all).parse(arguments)
    } catch {
      throw CommandFailure(error.message)
    }
    var result = RenderArguments(flags: flags)
    if !flags.asksForHelp { try result.fill() }
    return result
  }

  private init(flags: ParsedFlags) { self.flags = flags }

  private mutating func fill() throws(CommandFailure) {
    warnings = flags.deprecations
    isDebugging = flags.bool("debug", default: Self.isTrue(World.variable("HELM_DEBUG")))
    try checkColor()
    try checkPositionalCount()
    try checkExclusiveFlags()
    try fillOptions()
    try checkDryRun()
    try fillNameAndChart()
    request.values = values
    request.repository = flags.string("repo") ?? ""
    request.isVerifying = flags.bool("verify")
    request.updatesDependencies = flags.bool("dependency-update")
    fillOutput()
  }

  private var values: ValuesArguments {
    var values = ValuesArguments()
    values.files = flags.strings("values")
    values.setJSON = flags.strings("set-json")
    values.set = flags.strings("set")
    values.setString = flags.strings("set-string")
    values.setFile = flags.strings("set-file")
    values.setLiteral = flags.strings("set-literal")
    return values
  }

  private mutating func fillOutput() {
    output.includesCRDs = flags.bool("include-crds")
    output.hidesHooks = flags.bool("no-hooks")
    output.skipsTests = flags.bool("skip-tests")
    output.showOnly = flags.strings("show-only")
    output.usesReleaseName = flags.bool("release-name")
    output.directory = flags.string("output-dir").flatMap { $0.isEmpty ? nil : $0 }
  }

  private mutating func fillOptions() throws(CommandFailure) {
    var world = WorldOptions()
    world.seed = flags.string("seed")
    world.now = flags.string("now")
    world.clusterState = flags.string("cluster-state")
    world.capabilities = flags.string("capabilities")
    environment = try world.environment()
    try world.fill(&request.options)
    if let text = flags.string("kube-version"), !text.isEmpty {
      do throws(ChartError) {
        request.options.kubeVersion = try KubeVersion(ByteString(text))
      } catch {
        throw CommandFailure(error.message.string)
      }
    }
    request.options.extraAPIVersions = flags.strings("api-versions").map { ByteString($0) }
    request.options.isUpgrade = flags.bool("is-upgrade")
    request.options.skipsSchemaValidation = flags.bool("skip-schema-validation")
    request.options.labelNames = flags.strings("labels").map { ByteString($0.prefix { $0 != "=" }.description) }
    let namespace = flags.string("namespace") ?? World.variable("HELM_NAMESPACE") ?? ""
    if !namespace.isEmpty { request.options.namespace = ByteString(namespace) }
  }

  private static func isTrue(_ text: String?) -> Bool {
    ["1", "t", "T", "true", "TRUE", "True"].contains(text ?? "")
  }
}

// MARK: Helm's checks of its flags

extension RenderArguments {
  private func checkColor() throws(CommandFailure) {
    for name in ["color", "colour"] {
      guard let mode = flags.string(name), !["never", "auto", "always"].contains(mode) else { continue }
      throw CommandFailure(logged: "invalid color mode \"\(mode)\": must be one of: never, auto, always")
    }
  }

  private func checkPositionalCount() throws(CommandFailure) {
    if flags.positionals.isEmpty {
      throw CommandFailure(
        "\"helm template\" requires at least 1 argument\n\nUsage:  helm template [NAME] [CHART] [flags]")
    }
  }

  private func checkExclusiveFlags() throws(CommandFailure) {
    guard flags.isSet("force-replace") || flags.isSet("force"), flags.isSet("force-conflicts") else { return }
    let used = flags.isSet("force-replace") ? "force-replace" : "force"
    throw CommandFailure(
      "if any flags in the group [\(used) force-conflicts] are set none of the others can be; "
        + "[\(["force-conflicts", used].sorted().joined(separator: " "))] were all set")
  }

  private mutating func checkDryRun() throws(CommandFailure) {
    guard let mode = flags.string("dry-run") else { return }
    switch mode {
    case "client", "server": break
    case "unset":
      warnings.append(
        #"level=WARN msg="--dry-run is deprecated and should be replaced with '--dry-run=client'""#)
    case "true", "false", "1", "0", "t", "f", "T", "F", "TRUE", "FALSE", "True", "False":
      warnings.append(
        "level=WARN msg=\"boolean '--dry-run=\(mode)' flag is deprecated and must be replaced with "
          + "'--dry-run=\(Self.isTrue(mode) ? "client" : "none")'\"")
    case "none":
      throw CommandFailure("invalid dry-run value (\"none\"). Must be \"server\" or \"client\"")
    default:
      throw CommandFailure("invalid dry-run value (\"\(mode)\"). Must be \"none\", \"server\", or \"client\"")
    }
  }

  private mutating func fillNameAndChart() throws(CommandFailure) {
    let positionals = flags.positionals
    if positionals.count > 2 {
      throw CommandFailure(
        "expected at most two arguments, unexpected arguments: \(positionals[2...].joined(separator: ", "))")
    }
    let template = flags.string("name-template") ?? ""
    if positionals.count == 2 {
      if flags.bool("generate-name") { throw CommandFailure("cannot set --generate-name and also specify a name") }
      if !template.isEmpty { throw CommandFailure("cannot set --name-template and also specify a name") }
      request.options.name = ByteString(positionals[0])
    } else if !template.isEmpty {
      do throws(NameTemplateFailure) {
        request.options.name = try ReleaseName.expand(ByteString(template), environment: environment)
      } catch {
        throw CommandFailure(error.message.string)
      }
    }
    request.chart = positionals[positionals.count - 1]
  }
}
