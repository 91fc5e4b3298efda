import SourceText
import Testing

@testable import Delivery

@Suite struct WorkflowTests {
  static let path = ".github/workflows/deploy.yml"

  static let workflow = """
    name: Deploy
    on:
      push: {branches: [main]}
      pull_request: {types: [closed]}
    env: {NAME: web}
    jobs:
      apply:
        needs: clean
        if: github.ref == 'refs/heads/main'
        runs-on: ubuntu-latest
        steps:
          - uses: actions/checkout@v4
          - run: kubectl apply -f k8s/${{ env.NAME }}.yaml -n ${{github.ref_name}}
          - name: Fold
            run: >-
              kubectl rollout status
              deploy/$NAME
      clean:
        runs-on: ubuntu-latest
        defaults: {run: {working-directory: ops}}
        steps:
          - run: |
              echo "TAG=v1" >> $GITHUB_ENV
              kubectl delete deploy "$NAME" \\
                --wait
          - run: "kubectl delete \\
              svc \\"é\\" x\\ty"
          - run: kubectl apply -f x-$TAG.yaml
          - shell: pwsh
            run: kubectl delete deploy web

    """

  @Test func ordersJobsByTheirNeeds() {
    let (script, notes) = read(Self.workflow, path: Self.path)
    #expect(script.kind == .gitHubWorkflow)
    #expect(script.triggers == ["push", "push:branches", "pull_request", "pull_request.closed"])
    #expect(script.jobs.map(\.name) == ["clean", "apply"])
    #expect(script.jobs[1].condition == "github.ref == 'refs/heads/main'")
    #expect(script.jobs[1].steps[0].action == "actions/checkout@v4")
    #expect(notes == ["this step runs in `pwsh`, which is not read"])
  }

  @Test func carriesVariablesOfTheWorkflow() {
    let jobs = read(Self.workflow, path: Self.path).script.jobs
    #expect(
      jobs[0].commands.map(\.shown).dropFirst() == [
        "kubectl delete deploy web --wait", "kubectl delete svc é x y", "kubectl apply -f x-v1.yaml",
      ])
    #expect(jobs[0].commands.last?.briefCreates == ["-f ops/x-v1.yaml"])
    #expect(jobs[1].commands[0].briefCreates == ["-f k8s/web.yaml"])
    #expect(jobs[1].commands[0].creates[0].namespace?.shown == "${{ github.ref_name }}")
  }

  /// Every word must lie on the bytes that wrote it, whatever the style of the scalar.
  @Test(arguments: ["", "# é: 日本\n"], [false, true]) func placesWordsThroughScalars(_ prefix: String, _ isWide: Bool) {
    let text = prefix + Self.workflow
    let script = read(isWide ? text.replacing("\n", with: "\r\n") : text, path: Self.path).script
    let words = script.jobs.flatMap(\.commands).flatMap { command in
      command.words.map { (word: $0.text.shown.string, source: command.place.file[$0.range].string) }
    }
    #expect(words.count > 20)
    for (word, source) in words where !source.contains("$") {
      let plain = source.replacing("\\\"", with: "").replacing("\"", with: "").replacing("'", with: "")
      #expect(plain == word)
    }
  }

  @Test func readsCompositeActions() {
    let action = "runs:\n  using: composite\n  steps:\n    - shell: bash\n      run: helm uninstall web\n"
    let (script, _) = read(action, path: "deploy/action.yml")
    #expect(script.jobs.flatMap(\.commands).first?.briefDeletes == ["release web"])
  }

  @Test(arguments: [
    ("a.sh", "", DeliveryFileKind.shellScript), ("bin/deploy", "#!/usr/bin/env -S bash -e\n", .shellScript),
    ("bin/x", "#!/usr/bin/python3\n", .other), ("sub/.github/workflows/x.yaml", "", .gitHubWorkflow),
    (".github/dependabot.yml", "", .other), ("action.yaml", "", .gitHubAction), ("values.yaml", "", .other),
  ]) func classifies(_ row: (path: String, text: String, kind: DeliveryFileKind)) {
    #expect(DeliveryFiles.classify(path: row.path, text: ByteString(row.text)) == row.kind)
  }
}
