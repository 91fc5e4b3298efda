import SourceText
import Testing

@testable import Delivery

@Suite struct PipelineTests {
  private func shown(_ text: String, at path: String, _ others: [String: String] = [:]) -> [String] {
    commands(text, at: path, others).map(\.shown)
  }

  private func commands(_ text: String, at path: String, _ others: [String: String] = [:]) -> [DeliveryCommand] {
    let files = ([(path, text)] + others.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
      .map { SourceFile(path: $0.0, text: ByteString($0.1)) }
    return Delivery.read(files[0], library: ScriptLibrary(files)).script.jobs.flatMap(\.commands)
  }

  @Test func gitLabJobsRunByStage() {
    let text = """
      stages: [build, deploy]
      include: {local: /ci/base.gitlab-ci.yml}
      variables: {NAME: web, TAG: {value: latest}}
      default:
        before_script: [login]
      .base:
        variables: {WHERE: prod}
        script: [never]
      release:
        stage: deploy
        extends: .base
        script:
          - deploy $NAME:$TAG $WHERE
          - !reference [.shared, script]
        allow_failure: true
      pack:
        stage: build
        before_script: []
        script: docker push reg/$NAME:$CI_COMMIT_SHA
      """
    let base = ".shared:\n  script:\n    - |\n      notify all\n"
    let found = commands(text, at: ".gitlab-ci.yml", ["ci/base.gitlab-ci.yml": base])
    #expect(
      found.map(\.shown) == ["docker push reg/web:$CI_COMMIT_SHA", "login", "deploy web:latest prod", "notify all"])
    guard found.count == 4 else { return }
    #expect(found[2].circumstances.masks.map(\.place.text) == ["allow_failure: true"])
    #expect(found[3].place.file.path == "ci/base.gitlab-ci.yml")
    #expect(found[3].place.text == "notify all")
    #expect(found[0].circumstances.stopsAtFailure && found[0].circumstances.failsWithPipes)
  }

  @Test(arguments: [
    (
      "azure-pipelines.yml", "steps:\n- script: a $(Build.BuildId)\n- bash: |\n    b\n",
      ["Build.BuildId", "a $(Build.BuildId)", "b"]
    ),
    (
      ".circleci/config.yml",
      "jobs:\n  x:\n    steps:\n    - checkout\n    - run: a\n    - run: {name: n, command: b}\n", ["a", "b"]
    ),
    (
      "bitbucket-pipelines.yml",
      "pipelines:\n  default:\n  - step: {script: [a, {pipe: x}]}\n  branches:\n    main:\n    - step: {script: [b]}\n",
      ["a", "b"]
    ),
    ("buildspec.yml", "env: {variables: {A: x}}\nphases:\n  build: {commands: [a $A, \"b\\tc\"]}\n", ["a x", "b c"]),
    ("Taskfile.yml", "tasks:\n  up:\n    cmds:\n    - a\n    - cmd: b\n    - task: other\n", ["a", "b"]),
    (".tekton/push.yaml", "spec:\n  steps:\n  - script: |\n      #!/bin/sh\n      a\n", ["a"]),
    (".drone.yml", "steps:\n- commands:\n  - a\n", ["a"]),
  ]) func otherFormats(_ row: (path: String, text: String, commands: [String])) {
    #expect(shown(row.text, at: row.path) == row.commands)
  }

  @Test func placesInFoldedAndQuotedScalars() {
    let text =
      "phases:\n  build:\n    commands:\n      - >-\n        kubectl apply\n        -f web.yaml\n      - \"echo \\\"x\\\"\"\n"
    let found = commands(text, at: "buildspec.yml")
    #expect(found.map(\.shown) == ["kubectl apply -f web.yaml", "echo x"])
    guard found.count == 2 else { return }
    #expect(found[0].place.text == "kubectl apply\n        -f web.yaml")
    #expect(found[1].place.text == "echo \\\"x\\\"")
  }

  @Test func jenkinsSteps() {
    let text = #"""
      // sh 'not this'
      pipeline {
        environment { TAG = "latest-${env.BRANCH_NAME}"; A = 'x' }
        stages {
          stage('Deploy') {
            steps {
              sh 'first "$A"'
              sh """
                docker push reg/web:${TAG} \$HOME
              """
              sh(script: "status ${compute(1)}", returnStatus: true)
              echo 'sh "no"'
              catchError { sh 'masked' }
            }
          }
        }
        post { failure { sh 'undo' } }
      }
      """#
    let script = Delivery.read(SourceFile(path: "Jenkinsfile", text: ByteString(text))).script
    let found = script.jobs[0].commands
    #expect(
      found.map(\.shown) == [
        "first x", "docker push reg/web:latest-$BRANCH_NAME $HOME", "status ${{ compute(1) }}", "masked", "undo",
      ])
    guard found.count == 5 else { return }
    #expect(found[0].place.text == "first \"$A\"")
    #expect(found[2].circumstances.masks.map(\.place.text) == ["returnStatus: true"])
    #expect(found[3].circumstances.masks.map(\.place.text) == ["catchError"])
    #expect(script.jobs[0].steps.first?.title == "Deploy" && script.jobs[0].steps.last?.condition == "failure()")
  }

  @Test func makeTargetsAndTheirPrerequisites() {
    let text = """
      TAG ?= latest
      IMAGE := reg/web:$(TAG)
      .PHONY: deploy push
      deploy: push
      \t@kubectl apply -f $(DIR)/web.yaml; \\
      \t  echo $$HOME
      \t-kubectl delete job old
      push:
      \tdocker push $(IMAGE) $(shell git rev-parse HEAD)
      """
    let script = Delivery.read(SourceFile(path: "Makefile", text: ByteString(text))).script
    #expect(script.jobs.map(\.name) == ["deploy", "push"])
    let found = script.jobs[0].commands
    #expect(
      found.map(\.shown) == [
        "git rev-parse HEAD", "docker push reg/web:latest $(git rev-parse HEAD)", "kubectl apply -f $DIR/web.yaml",
        "echo $HOME", "kubectl delete job old",
      ])
    guard found.count == 5 else { return }
    #expect(found[2].place.text == "kubectl apply -f $(DIR)/web.yaml")
    #expect(found[4].circumstances.masks.map(\.place.text) == ["-"])
    #expect(found[1].words[2].isAssumed)
    #expect(shown("make deploy DIR=k8s", at: "ci.sh", ["Makefile": text]).contains("kubectl apply -f k8s/web.yaml"))
    #expect(
      shown("make -C sub push TAG=1", at: "ci.sh", ["sub/Makefile": text]).contains {
        $0.hasPrefix("docker push reg/web:1 ")
      })
  }

  /// Noise in every format: nothing may crash, and places stay in the file.
  @Test(arguments: [
    ".gitlab-ci.yml", "Jenkinsfile", "Makefile", "azure-pipelines.yml", ".circleci/config.yml", "Taskfile.yml",
  ]) func endsWhateverItIsGiven(path: String) {
    let pieces = [
      "a:\n", "  script:\n", "  - x\n", "    - !reference [a, script]\n", "extends: a\n", "sh '", "sh \"", "\"\"\"",
      "'", "{",
      "}", "(", ")", "${", "$(", "$", "\\", "\n", "\t", ":", "=", "stage('x') ", "post {", "run:", "\u{0}", "é", "-",
      " ",
    ]
    for seed in 1...60 {
      var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15
      var text = ""
      for _ in 0..<200 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text += pieces[Int((state >> 33) % UInt64(pieces.count))]
      }
      let file = SourceFile(path: path, text: ByteString(text))
      for command in Delivery.read(file, library: ScriptLibrary([file])).script.jobs.flatMap(\.commands) {
        #expect(command.place.range.start <= command.place.range.end && command.place.range.end <= file.text.count)
      }
    }
  }
}
