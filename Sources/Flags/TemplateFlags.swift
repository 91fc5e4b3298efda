/// The flags of `helm template` 4.3.1, and Helm's global ones. Those that need a cluster or a network are read, so
/// that a command line written for Helm works, and change nothing.
package enum TemplateFlags {
  /// How values are given; `lint` and `why` take the same.
  package static let values: [Flag] = [
    Flag(
      "values", "f", .stringSlice, help: "values from a YAML file (- is standard input; repeatable)",
      placeholder: "FILE"),
    Flag("set", nil, .stringArray, help: "values on the command line: key1=val1,key2=val2", placeholder: "PAIRS"),
    Flag("set-string", nil, .stringArray, help: "like --set, every value a string", placeholder: "PAIRS"),
    Flag("set-json", nil, .stringArray, help: "JSON values: key=JSON, or one object", placeholder: "PAIRS"),
    Flag("set-file", nil, .stringArray, help: "values read from files: key=path", placeholder: "PAIRS"),
    Flag("set-literal", nil, .stringArray, help: "one literal string value, nothing escaped", placeholder: "PAIR"),
  ]

  /// What the release is called and what it is told of the cluster.
  package static let release: [Flag] = [
    Flag("namespace", "n", .string, help: "namespace of the release", placeholder: "NAME"),
    Flag("kube-version", nil, .string, help: "version shown as .Capabilities.KubeVersion", placeholder: "VERSION"),
    Flag("api-versions", "a", .stringSlice, help: "further .Capabilities.APIVersions", placeholder: "LIST"),
    Flag("is-upgrade", nil, .bool, help: "set .Release.IsUpgrade instead of .Release.IsInstall"),
    Flag("name-template", nil, .string, help: "template that makes the release name", placeholder: "TEXT"),
    Flag("skip-schema-validation", nil, .bool, help: "do not validate values against values.schema.json"),
    Flag(
      "dependency-update", nil, .bool, help: "take missing dependencies from the folders that file:// names"),
  ]

  /// What stands in for the clock, for chance and for the cluster: Slipway's own, Helm has none of them.
  package static let world: [Flag] = [
    Flag(
      "seed", nil, .string, help: "random results (rand*, gen*, uuidv4, …) follow from a number",
      placeholder: "NUMBER"),
    Flag("now", nil, .string, help: "the time that now is: RFC 3339, a date or Unix seconds", placeholder: "TIME"),
    Flag("cluster-state", nil, .string, help: "YAML objects that lookup finds", placeholder: "FILE"),
    Flag(
      "capabilities", nil, .string, help: "YAML with kubeVersion and apiVersions of the cluster",
      placeholder: "FILE"),
  ]

  /// What is printed, and where.
  package static let output: [Flag] = [
    Flag("show-only", "s", .stringArray, help: "only manifests of this template (repeatable)", placeholder: "PATH"),
    Flag("include-crds", nil, .bool, help: "print the custom resource definitions of crds/ too"),
    Flag("no-hooks", nil, .bool, help: "leave hooks out"),
    Flag("skip-tests", nil, .bool, help: "leave test hooks out"),
    Flag("output-dir", nil, .string, help: "write each template's manifests to a file below DIR", placeholder: "DIR"),
    Flag("release-name", nil, .bool, help: "use the release name in the paths of --output-dir"),
    Flag("debug", nil, .bool, help: "print what was rendered even when it is not valid YAML"),
  ]

  /// What a run may use up; Slipway's own.
  package static let limits: [Flag] = [
    Flag(
      "max-steps", nil, .limit(.count), help: "steps that templates may take (40000000)", placeholder: "NUMBER"),
    Flag(
      "max-output", nil, .limit(.size), help: "text that templates may make in total (128MiB)", placeholder: "SIZE"),
    Flag("max-memory", nil, .limit(.size), help: "memory that the run may use (400MiB)", placeholder: "SIZE"),
    Flag(
      "max-time", nil, .limit(.time), help: "processor time since the last file was read (20s)", placeholder: "TIME"),
    Flag("max-wait", nil, .limit(.time), help: "how long a named pipe may stay silent (60s)", placeholder: "TIME"),
    Flag(
      "max-chart", nil, .limit(.size), help: "all files of a chart, unpacked (100MiB, as Helm)", placeholder: "SIZE"),
    Flag("max-file", nil, .limit(.size), help: "one file of a chart (5MiB, as Helm)", placeholder: "SIZE"),
  ]

  private static let noEffect = "this flag has no effect for 'helm template' and will be removed in Helm 5"

  /// Read for the sake of command lines that name them.
  package static let accepted: [Flag] = [
    Flag("atomic", nil, .bool, deprecation: "use --rollback-on-failure instead"),
    Flag("force", nil, .bool, deprecation: "use --force-replace instead"),
    Flag("validate", nil, .bool, deprecation: "use '--dry-run=server' instead"),
    Flag("hide-notes", nil, .bool, deprecation: noEffect),
    Flag("render-subchart-notes", nil, .bool, deprecation: noEffect),
    Flag("ca-file", nil, .string), Flag("cert-file", nil, .string), Flag("create-namespace", nil, .bool),
    Flag("description", nil, .string), Flag("devel", nil, .bool),
    Flag("disable-openapi-validation", nil, .bool), Flag("dry-run", nil, .optionalString(bare: "unset")),
    Flag("enable-dns", nil, .bool), Flag("force-conflicts", nil, .bool), Flag("force-replace", nil, .bool),
    Flag("generate-name", "g", .bool), Flag("insecure-skip-tls-verify", nil, .bool),
    Flag("key-file", nil, .string), Flag("keyring", nil, .string), Flag("labels", "l", .stringToString),
    Flag("pass-credentials", nil, .bool), Flag("password", nil, .string), Flag("plain-http", nil, .bool),
    Flag("post-renderer", nil, .postRenderer), Flag("post-renderer-args", nil, .stringSlice),
    Flag("replace", nil, .bool), Flag("repo", nil, .string), Flag("rollback-on-failure", nil, .bool),
    Flag("server-side", nil, .bool), Flag("skip-crds", nil, .bool), Flag("take-ownership", nil, .bool),
    Flag("timeout", nil, .duration), Flag("username", nil, .string), Flag("verify", nil, .bool),
    Flag("version", nil, .string), Flag("wait", nil, .waitStrategy),
    Flag("wait-for-jobs", nil, .bool),
  ]

  /// Helm's global flags.
  package static let global: [Flag] = [
    Flag("burst-limit", nil, .int), Flag("color", nil, .string), Flag("colour", nil, .string),
    Flag("content-cache", nil, .string), Flag("kube-apiserver", nil, .string),
    Flag("kube-as-group", nil, .stringArray), Flag("kube-as-user", nil, .string),
    Flag("kube-ca-file", nil, .string), Flag("kube-context", nil, .string),
    Flag("kube-insecure-skip-tls-verify", nil, .bool), Flag("kube-tls-server-name", nil, .string),
    Flag("kube-token", nil, .string), Flag("kubeconfig", nil, .string), Flag("qps", nil, .float),
    Flag("registry-config", nil, .string), Flag("repository-cache", nil, .string),
    Flag("repository-config", nil, .string),
  ]

  /// Every flag of `slipway render`.
  package static let all = values + release + world + output + limits + accepted + global
}
