import Flags

/// What `slipway render --help` prints: made from the flag table, so that it cannot miss one.
enum RenderHelp {
  static var text: String {
    """
    OVERVIEW: Render a chart: the bytes of `helm template` v4.3.1.

    USAGE: slipway render [NAME] CHART [flags]

      NAME   the release's name (default: release-name)
      CHART  a chart's folder or .tgz archive

    VALUES:
    \(rows(TemplateFlags.values))
    RELEASE:
    \(rows(TemplateFlags.release))
    CLOCK, CHANCE AND CLUSTER (not in Helm):
    \(rows(TemplateFlags.world))
    OUTPUT:
    \(rows(TemplateFlags.output))
    LIMITS:
    \(rows(TemplateFlags.limits))
    Helm's other flags are accepted and change nothing here: they need a cluster or a network.
    Exit status: 0 rendered, 2 failed; on failure nothing is printed.

    """
  }

  private static func rows(_ flags: [Flag]) -> String {
    flags.compactMap { flag in flag.help.map { row(flag, $0) } }.joined()
  }

  private static func row(_ flag: Flag, _ help: String) -> String {
    let short = flag.shorthand.map { "-\($0), " } ?? "    "
    let value = flag.kind == .bool ? "" : " \(flag.placeholder)"
    let name = "  \(short)--\(flag.name)\(value)"
    return name + String(repeating: " ", count: max(1, 34 - name.count)) + help + "\n"
  }
}
