import Charts
import Compiler
import SourceText
import TemplateLanguage
import Testing

/// Templates that run at the same time must give what they give one after the other.
@Suite struct SideBySideTests {
  /// A chart of twelve templates, `00.yaml` to `11.yaml`, of which Helm runs the last first.
  private struct Disk: FileSystem {
    var files: [String: ByteString] = [:]

    init(_ changed: [String: String] = [:], values: String = "shared: {word: old}\n") {
      // Long enough to be worth more than one thread.
      let padding = "{{/* " + String(repeating: "x", count: 4 << 10) + " */}}"
      files["Chart.yaml"] = "{apiVersion: v2, name: c, version: 0.1.0}"
      files["values.yaml"] = ByteString(values)
      for number in 0..<12 {
        let name = Self.name(number)
        files["templates/" + name] = ByteString(
          padding + (changed[name] ?? "kind: K\nword: {{ .Values.shared.word }}\nat: {{ .Template.Name }}\n"))
      }
      for (name, text) in changed where name.contains("/") { files[name] = ByteString(text) }
    }

    static func name(_ number: Int) -> String { number < 10 ? "0\(number).yaml" : "\(number).yaml" }

    func read(_ path: String) throws(FileError) -> ByteString {
      if let content = files[String(path.dropFirst(3))] { return content }
      throw FileError(path: path, message: "no such file or directory")
    }
    func kind(of path: String) throws(FileError) -> FileKind {
      if files[String(path.dropFirst(3))] != nil { return .file }
      if path == "/c" || files.keys.contains(where: { $0.hasPrefix(path.dropFirst(3) + "/") }) { return .directory }
      throw FileError(path: path, message: "no such file or directory")
    }
    func list(_ path: String) throws(FileError) -> [String] {
      let folder = path == "/c" ? "" : path.dropFirst(3) + "/"
      let names = files.keys.filter { $0.hasPrefix(folder) }.compactMap {
        $0.dropFirst(folder.count).split(separator: "/").first.map(String.init)
      }
      return Set(names).sorted()
    }
    func entries(of path: String) throws(FileError) -> [DirectoryEntry] {
      var entries: [DirectoryEntry] = []
      for name in try list(path) { entries.append(DirectoryEntry(name: name, kind: try kind(of: path + "/" + name))) }
      return entries
    }
    func resolve(_ path: String) throws(FileError) -> String {
      _ = try kind(of: path)
      return path
    }
    func absolute(_ path: String) -> String { path }
    func readStandardInput() -> ByteString { "" }
  }

  /// What a render prints, or Helm's error.
  private static func text(_ disk: Disk, _ workers: Workers, limits: Limits = Limits(stackBytes: 256 << 10)) -> String {
    let environment = Environment(now: { (0, 0) }, random: { [UInt8](repeating: 0, count: $0) }, timeZone: { _ in nil })
    let renderer = ReleaseRenderer(fileSystem: disk, environment: environment, limits: limits, workers: workers)
    var request = ReleaseRequest(chart: "/c")
    request.options.name = "rel"
    do throws(RenderFailure) {
      let release = try renderer.render(request, recording: RenderRecord(tracksOrigins: false))
      return ByteString(release.output(OutputOptions()).standardOutput).string
    } catch {
      return error.message.string
    }
  }

  /// Workers of which the last to be asked does all the work, on this thread.
  private static let several = Workers(count: 3) { count, body in (0..<count).reversed().forEach(body) }

  private func check(_ disk: Disk, contains part: String, limits: Limits = Limits(stackBytes: 256 << 10)) {
    let inOrder = Self.text(disk, .alone, limits: limits)
    #expect(Self.text(disk, Self.several, limits: limits) == inOrder)
    #expect(inOrder.contains(part), "\(inOrder.suffix(400))")
  }

  @Test func eachTemplateSeesItsOwnName() {
    check(Disk(), contains: "at: c/templates/07.yaml")
  }

  @Test func whatOneTemplateSetsLaterOnesSee() {
    let disk = Disk(["05.yaml": #"kind: K\#n{{ $_ := set .Values.shared "word" "new" }}"#])
    check(disk, contains: "# Source: c/templates/04.yaml\nkind: K\nword: new")
    check(disk, contains: "# Source: c/templates/06.yaml\nkind: K\nword: old")
  }

  @Test(arguments: [
    #"{{ $_ := unset .Values.shared "word" }}"#,
    #"{{ $_ := merge (dict "in" .Values.shared) (dict "in" (dict "more" 1)) }}"#,
    #"{{ $_ := mustMergeOverwrite .Values (dict "shared" (dict "word" "new")) }}"#,
    #"{{ $_ := set $ "Values" (dict "shared" (dict "word" "new")) }}"#,
    #"{{ $_ := set (first (list .Values.shared)) "word" "new" }}"#,
  ]) func everyChangeOfWhatIsSharedIsSeen(action: String) {
    let reading = "kind: K\nall: {{ toJson .Values }}\n"
    check(Disk(["05.yaml": "kind: K\n" + action, "03.yaml": reading, "08.yaml": reading]), contains: "all: {")
  }

  @Test func changesOfItsOwnMapsDisturbNobody() {
    check(
      Disk(["05.yaml": #"kind: K\#nown: {{ set (deepCopy .Values.shared) "word" "mine" | toJson }}"#]),
      contains: #"own: {"word":"mine"}"#)
  }

  @Test func theFirstFailureInOrderIsTheOneThatIsReported() {
    check(Disk(["02.yaml": #"{{ fail "two" }}"#, "09.yaml": #"{{ fail "nine" }}"#]), contains: "nine")
  }

  @Test func aFailureBehindAChangeIsTheOneOfTheChangedValues() {
    check(
      Disk([
        "09.yaml": #"{{ $_ := set .Values.shared "word" "new" }}"#, "02.yaml": "{{ fail .Values.shared.word }}",
      ]), contains: "new")
  }

  @Test func parentsSeeWhichTemplateOfASubchartRanLast() {
    let seen = "kind: K\nchild: {{ toJson .Subcharts.s.Template }}\n"
    check(
      Disk([
        "charts/s/Chart.yaml": "{apiVersion: v2, name: s, version: 0.1.0}", "charts/s/templates/a.yaml": "kind: A\n",
        "charts/s/templates/b.yaml": "kind: B\n", "04.yaml": seen,
        // As deep as the subchart's templates, and before them.
        "templates/x/y/z.yaml": seen,
      ]), contains: #"child: {"BasePath":"c/charts/s/templates","Name":"c/charts/s/templates/a.yaml"}"#)
  }

  @Test func limitsAreThoseOfTheWholeRender() {
    var limits = Limits(stackBytes: 256 << 10)
    limits.steps = 9000
    let loop = "kind: K\n{{ range until 1500 }}{{ end }}"
    check(
      Disk(Dictionary(uniqueKeysWithValues: (0..<12).map { (Disk.name($0), loop) })),
      contains: "the render took more than 9000 steps", limits: limits)
  }

  @Test func chartsInsideAChartAreReadInOrder() {
    var files: [String: String] = [:]
    for number in 10..<30 {
      files["charts/s\(number)/Chart.yaml"] = "{apiVersion: v2, name: s\(number), version: 0.1.0}"
      files["charts/s\(number)/templates/a.yaml"] = "kind: K\nin: s\(number)\n"
    }
    check(Disk(files), contains: "in: s17")
    files["charts/s14/Chart.yaml"] = "{apiVersion: v9, name: s14, version: 0.1.0"
    check(Disk(files), contains: "cannot load Chart.yaml")
  }
}
