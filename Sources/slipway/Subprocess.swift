import LocalDisk

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Another program, run to its end.
enum Subprocess {
  /// Why there is no output.
  struct Failure: Error {
    let message: String
  }

  /// What `program`, found as a shell finds it, writes to standard output. Its complaints go to standard error.
  static func output(of program: String, _ arguments: [String]) throws(Failure) -> [UInt8] {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw Failure(message: "cannot start `\(program)`: \(reason(errno))") }
    defer { close(ends[0]) }
    let process: pid_t
    do {
      defer { close(ends[1]) }
      process = try start(program, arguments, writingTo: ends[1], closing: ends[0])
    }
    let output = readAll(ends[0])
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    // The low bits tell of a signal, the next eight are what the program returned.
    guard status == 0 else {
      throw Failure(message: "`\(program) \(arguments.joined(separator: " "))` failed (\(status >> 8 & 0xFF))")
    }
    return output
  }

  private static func start(
    _ program: String, _ arguments: [String], writingTo output: Int32, closing other: Int32
  ) throws(Failure) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    posix_spawn_file_actions_addclose(&actions, other)
    posix_spawn_file_actions_addclose(&actions, output)
    var words = ([program] + arguments).map { strdup($0) } + [nil]
    defer {
      for word in words { free(word) }
    }
    var process = pid_t()
    let code = posix_spawnp(&process, program, &actions, nil, &words, environ)
    guard code == 0 else { throw Failure(message: "cannot start `\(program)`: \(reason(code))") }
    return process
  }

  private static func readAll(_ descriptor: Int32) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count > 0 {
        bytes += buffer[..<count]
      } else if count == 0 || errno != EINTR {
        return bytes
      }
    }
  }
}
