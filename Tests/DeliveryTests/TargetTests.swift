import SourceText
import Testing

@testable import Delivery

@Suite struct TargetTests {
  @Test(arguments: [
    ("kubectl delete deployment web", ["Deployment/web"]),
    ("kubectl -n shop delete deploy/web svc/web --ignore-not-found", ["Deployment/web", "Service/web"]),
    ("kubectl delete sts,svc db", ["StatefulSet/db", "Service/db"]),
    ("kubectl delete deployments.apps web api", ["Deployment/web", "Deployment/api"]),
    ("kubectl delete pods -l app=web", ["Pod -l app=web"]),
    ("kubectl delete deploy --all -n shop", ["Deployment -l *"]),
    ("kubectl delete -f a.yaml,b.yaml -R", ["-f a.yaml", "-f b.yaml"]),
    ("kubectl delete -k overlays/prod", ["-f overlays/prod"]),
    ("kubectl delete --filename=a.yaml --wait=false", ["-f a.yaml"]),
    ("cat a.yaml | kubectl delete -f -", ["-f a.yaml"]),
    ("kubectl get po -o name | xargs kubectl delete", ["$(xargs)/$(xargs)"]),
    ("kubectl scale deploy web --replicas=0", ["Deployment/web"]),
    ("kubectl scale --replicas 0 deploy/web", ["Deployment/web"]),
    ("kubectl replace --force -f a.yaml", ["-f a.yaml"]),
    ("kubectl delete deploy web --dry-run=client", []),
    ("helm uninstall web api -n shop", ["release web", "release api"]),
    ("helm delete --purge web", ["release web"]),
    ("sudo env A=b timeout 5m kubectl delete deploy web", ["Deployment/web"]),
    ("microk8s kubectl delete deploy web", ["Deployment/web"]),
    ("kubectl $VERB deploy web", []),
    ("echo kubectl delete deploy web", []),
  ]) func deletes(_ row: (script: String, targets: [String])) {
    #expect(commands(row.script).last?.briefDeletes == row.targets)
  }

  @Test(arguments: [
    ("kubectl apply -f k8s/ -n shop", ["-f k8s/"]),
    ("kubectl create deployment web --image=web:1", ["Deployment/web"]),
    ("kubectl create secret generic s --from-literal=a=b", ["Secret/s"]),
    ("kubectl create secret generic s --dry-run=client -o yaml | kubectl apply -f -", ["Secret/s"]),
    ("kubectl run web --image=web", ["Pod/web"]),
    ("kubectl expose deployment web --name=www --port=80", ["Service/www"]),
    ("envsubst < web.yaml | kubectl apply -f -", ["-f web.yaml"]),
    ("sed s/a/b/ web.yaml | kubectl apply -f -", ["-f web.yaml"]),
    ("kustomize build k8s | kubectl apply -f -", ["-f k8s"]),
    ("helm template web ./chart | kubectl apply -f -", ["-f ./chart"]),
    ("printf x | kubectl apply -f -", ["-f -"]),
    ("cd k8s; kubectl apply -f ../web.yaml", ["-f web.yaml"]),
    ("helm upgrade --install web ./chart -f v.yaml", ["release web"]),
    ("helm install web ./chart", ["release web"]),
    ("helm template web ./chart", []),
  ]) func creates(_ row: (script: String, targets: [String])) {
    #expect(commands(row.script).last?.briefCreates == row.targets)
  }

  @Test func readsManifestsInHereDocuments() {
    let script = """
      kubectl apply -n shop -f - <<EOF
      kind: Deployment
      metadata: {name: web}
      ---
      kind: Service
      metadata: {name: $NAME}
      EOF
      """
    let creates = commands(script)[0].creates
    #expect(creates.map(\.brief) == ["Deployment/web", "Service/$NAME"])
    #expect(creates[0].namespace?.constant == "shop")
  }

  @Test func waits() {
    #expect(commands("kubectl rollout status deploy/web --timeout=5m")[0].briefWaits == ["Deployment/web"])
    #expect(commands("kubectl wait --for=condition=available deploy web")[0].briefWaits == ["Deployment/web"])
    #expect(commands("helm upgrade web . --atomic")[0].briefWaits == ["release web"])
    #expect(commands("helm upgrade web .")[0].briefWaits == [])
  }

  @Test(arguments: [
    ("kubectl delete deploy web; kubectl create deployment web --image=x", TargetRelation.same),
    ("kubectl delete deploy web -n a; kubectl create deployment web -n b --image=x", .different),
    ("kubectl delete deploy $N; kubectl create deployment $N --image=x", .same),
    ("kubectl delete deploy $N; kubectl create deployment web --image=x", .possible),
    ("kubectl delete deploy web; kubectl apply -f web.yaml", .possible),
    ("kubectl delete -f ./k8s/; kubectl apply -f k8s", .same),
    ("helm uninstall web; helm upgrade -i web .", .same),
    ("helm uninstall web; helm upgrade -i api .", .different),
  ]) func relates(_ row: (script: String, relation: TargetRelation)) throws {
    let all = commands(row.script)
    let deleted = try #require(all[0].deletes.first)
    let created = try #require(all[1].creates.first)
    #expect(deleted.relation(to: created) == row.relation)
  }
}
