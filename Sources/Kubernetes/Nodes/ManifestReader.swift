import CLibYAML
import SourceText

/// Reads manifests into trees. Stands in with libyaml until the YAML room hands out trees of its own.
package enum ManifestReader {
  /// The documents of a file; what cannot be read ends the list.
  package static func documents(of file: SourceFile) -> (nodes: [Node], errors: [String]) {
    var parser = yaml_parser_t()
    yaml_parser_initialize(&parser)
    defer { yaml_parser_delete(&parser) }
    let bytes = file.text.bytes
    var result: [Node] = []
    bytes.withUnsafeBufferPointer { buffer in
      yaml_parser_set_input_string(&parser, buffer.baseAddress, buffer.count)
      var builder = NodeTreeBuilder()
      var stack: [Bool] = []
      var key: (String, ByteRange)?
      var expectKey: [Bool] = []
      while true {
        var event = yaml_event_t()
        guard yaml_parser_parse(&parser, &event) == 1 else { return }
        defer { yaml_event_delete(&event) }
        let place = ByteRange(Int(event.start_mark.index), Int(event.end_mark.index))
        switch event.type {
        case YAML_DOCUMENT_START_EVENT: builder = NodeTreeBuilder()
        case YAML_DOCUMENT_END_EVENT: if let tree = builder.finish() { result.append(tree.root) }
        case YAML_SCALAR_EVENT:
          let s = event.data.scalar
          let data = ByteString(Array(UnsafeBufferPointer(start: s.value, count: s.length)))
          if let last = expectKey.last, last, stack.last == true {
            key = (data.string, place)
            expectKey[expectKey.count - 1] = false
          } else {
            builder.scalar(
              data, form: s.style == YAML_PLAIN_SCALAR_STYLE ? .plain : .string, key: key?.0, place: place,
              keyPlace: key?.1)
            key = nil
            if stack.last == true { expectKey[expectKey.count - 1] = true }
          }
        case YAML_MAPPING_START_EVENT, YAML_SEQUENCE_START_EVENT:
          builder.begin(
            event.type == YAML_MAPPING_START_EVENT ? .mapping : .sequence, key: key?.0, place: place, keyPlace: key?.1)
          key = nil
          stack.append(event.type == YAML_MAPPING_START_EVENT)
          expectKey.append(true)
        case YAML_MAPPING_END_EVENT, YAML_SEQUENCE_END_EVENT:
          builder.close()
          stack.removeLast()
          expectKey.removeLast()
          if stack.last == true { expectKey[expectKey.count - 1] = true }
        case YAML_STREAM_END_EVENT: return
        default: break
        }
      }
    }
    return (result, [])
  }
}
