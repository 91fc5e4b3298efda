import Foundation
import Testing

/// The limits as a run of the program keeps them: with a process, a message and an exit status.
///
/// What is measured outside the program is only whether it ended; the times and sizes in the options are far below
/// what the input would take.
@Suite(.enabled(if: Program.isBuilt, "slipway is not built"))
struct WatchTests {
  @Test func rendersThatTakeTooLongStopAtTheTemplatesLine() throws {
    let run = try Program.render(
      "\n{{ range 1000000000 }}{{ end }}", "--max-steps", "100000000000", "--max-time", "50ms")
    #expect(run.status == 2)
    #expect(run.output == "")
    #expect(run.errors.contains("c/templates/t.yaml:2:"))
    #expect(run.errors.contains("more than 0.05 seconds of work (see --max-time)"))
  }

  @Test func rendersThatTakeTooMuchMemoryStopAtTheTemplatesLine() throws {
    let run = try Program.render(
      "{{ $l := list }}\n{{ range 1000000 }}{{ $l = append $l (until 10000) }}{{ end }}", "--max-steps", "100000000000",
      "--max-memory", "32MiB", "--max-time", "1h")
    #expect(run.status == 2)
    #expect(run.output == "")
    #expect(run.errors.contains("c/templates/t.yaml:2:"))
    #expect(run.errors.contains("more than 32 MiB of memory (see --max-memory)"))
  }

  @Test func stepsAndOutputAreOptions() throws {
    let steps = try Program.render("{{ range 1000 }}{{ end }}", "--max-steps=500")
    #expect(steps.status == 2)
    #expect(steps.errors.contains("the render took more than 500 steps"))
    let output = try Program.render("{{ repeat 5000 \"a\" }}", "--max-output", "4k")
    #expect(output.status == 2)
    #expect(output.errors.contains("the render made more than 4096 bytes of text"))
    let wrong = try Program.render("a", "--max-steps=none")
    #expect(wrong.status == 2)
    #expect(wrong.errors.contains("expected a number above zero"))
  }

  @Test func largeFilesOfAChartAreRefused() throws {
    let run = try Program.render(String(repeating: "#", count: 2000), "--max-file=1k")
    #expect(run.status == 2)
    #expect(run.errors == "Error: chart file \"t.yaml\" is larger than the maximum file size 1024\n")
    #expect(try Program.render(String(repeating: "#", count: 2000), "--max-file=2k").status == 0)
  }

  /// A pipe that is written to late is read; one that nobody writes to is not waited for without end.
  @Test func pipesAreRead() throws {
    let pipe = Program.scratch("pipe")
    #expect(mkfifo(pipe, 0o600) == 0)
    let silent = try Program.render("a", "-f", pipe, "--max-wait", "100ms")
    #expect(silent.status == 2)
    #expect(silent.errors.contains("nothing came for 0.1 seconds (see --max-wait)"))
    let read = try Program.shell(
      "(sleep 0.2; echo 'a: b') > \(pipe) & \(Program.path) render \(try Program.chart("x: {{ .Values.a }}")) -f \(pipe); wait"
    )
    #expect(read.output.contains("x: b"))
  }

  @Test func lintKeepsTheLimitsToo() throws {
    let run = try Program.run(["lint", try Program.chart("{{ range 1000 }}{{ end }}"), "--max-steps", "500"])
    #expect(run.status == 2)
    #expect(run.output.contains("template/limit"))
    #expect(run.output.contains("the render took more than 500 steps"))
  }
}

/// The program, built beside the tests.
enum Program {
  struct Run {
    var status: Int32
    var output: String
    var errors: String
  }

  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  static let path = root.appending(path: ".build/debug/slipway").path

  static var isBuilt: Bool { FileManager.default.isExecutableFile(atPath: path) }

  /// A path that nothing has yet.
  static func scratch(_ name: String) -> String {
    let folder = FileManager.default.temporaryDirectory.appending(path: "slipway-tests-\(UUID().uuidString)")
    try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder.appending(path: name).path
  }

  /// The folder of a new chart with one template.
  static func chart(_ template: String) throws -> String {
    let folder = URL(filePath: scratch("c"))
    try FileManager.default.createDirectory(
      at: folder.appending(path: "templates"), withIntermediateDirectories: true)
    try "apiVersion: v2\nname: c\nversion: 0.1.0\n"
      .write(to: folder.appending(path: "Chart.yaml"), atomically: true, encoding: .utf8)
    try template.write(to: folder.appending(path: "templates/t.yaml"), atomically: true, encoding: .utf8)
    return folder.path
  }

  static func render(_ template: String, _ flags: String...) throws -> Run {
    try run(["render", try chart(template)] + flags)
  }

  static func shell(_ command: String) throws -> Run { try start("/bin/sh", ["-c", command]) }

  static func run(_ arguments: [String]) throws -> Run { try start(path, arguments) }

  private static func start(_ program: String, _ arguments: [String]) throws -> Run {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    let (output, errors) = (Pipe(), Pipe())
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    let complaint = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Run(
      status: process.terminationStatus, output: String(decoding: text, as: UTF8.self),
      errors: String(decoding: complaint, as: UTF8.self))
  }
}
