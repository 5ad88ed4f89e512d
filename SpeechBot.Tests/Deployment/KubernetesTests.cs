using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json.Nodes;
using YamlDotNet.RepresentationModel;

namespace SpeechBot.Tests.Deployment;

/// <summary>What deploy/kubernetes adds to aspirate's output.</summary>
public sealed class KubernetesTests : IDisposable
{
    private static readonly string[] Services = ["web", "stt", "llm", "tts"];
    private static readonly string[] Overlays = ["kubernetes", "kubernetes-gpu"];
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("speechbot-kubernetes-");

    [Fact]
    public void Each_patch_names_deployments_that_there_are_and_the_port_that_they_listen_on()
    {
        var manifest = JsonNode.Parse(File.ReadAllText(Path.Combine(ComposeFile.Folder, "manifest.json")))!["resources"]!;
        var patched = Overlays
            .SelectMany(overlay => Read(File.ReadAllText(Path.Combine(ComposeFile.Folder, overlay, "kustomization.yaml"))).Single()["patches"]!.AsArray())
            .SelectMany(patch => patch!["target"]!["name"]!.ToString().Replace("-env", "", StringComparison.Ordinal).Split('|'));
        Assert.All(patched, name => Assert.Equal("project.v0", manifest[name]!["type"]!.ToString()));

        var probes = Read(File.ReadAllText(Path.Combine(ComposeFile.Folder, "kubernetes", "service.yaml"))).Single().AsArray().Where(change => change!["path"]!.ToString().EndsWith("Probe", StringComparison.Ordinal)).ToArray();
        Assert.Equal(3, probes.Length);
        Assert.All(probes, probe => Assert.Equal(manifest["web"]!["bindings"]!["http"]!["targetPort"]!.ToString(), probe!["value"]!["httpGet"]!["port"]!.ToString()));
    }

    [Fact]
    public void Rendered_over_deployments_as_aspirate_writes_them_all_have_probes_and_engines_a_GPU()
    {
        CopyOverlays();
        WriteBase();

        var rendered = Read(Kustomize("kubernetes-gpu"));

        foreach (var service in Services)
        {
            var pod = rendered.Single(one => one["kind"]!.ToString() == "Deployment" && one["metadata"]!["name"]!.ToString() == service)["spec"]!["template"]!["spec"]!;
            var container = Assert.Single(pod["containers"]!.AsArray())!;
            Assert.Equal(["/health", "/alive", "/health"], new[] { "startupProbe", "livenessProbe", "readinessProbe" }.Select(probe => container[probe]!["httpGet"]!["path"]!.ToString()));
            Assert.True(container["securityContext"]!["readOnlyRootFilesystem"]!.GetValue<bool>());
            Assert.Equal("/tmp", container["volumeMounts"]![0]!["mountPath"]!.ToString());
            Assert.Equal("8080", container["ports"]![0]!["containerPort"]!.ToString());
            Assert.Equal(service is "stt" or "llm" ? "1" : null, container["resources"]?["limits"]?["nvidia.com/gpu"]?.ToString());

            var environment = rendered.Single(one => one["kind"]!.ToString() == "ConfigMap" && one["metadata"]!["name"]!.ToString() == $"{service}-env")["data"]!.AsObject();
            Assert.Equal(service is "web" or "tts", environment.ContainsKey("NVIDIA_VISIBLE_DEVICES"));

            var network = rendered.Single(one => one["kind"]!.ToString() == "Service" && one["metadata"]!["name"]!.ToString() == service);
            Assert.Equal(service is "web" or "llm" ? "ClientIP" : null, network["spec"]!["sessionAffinity"]?.ToString());
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static List<JsonNode> Read(string text)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        return [.. yaml.Documents.Select(document => YamlToJson.Convert(document.RootNode, plain => plain)!)];
    }

    private void CopyOverlays()
    {
        foreach (var file in Overlays.SelectMany(overlay => Directory.GetFiles(Path.Combine(ComposeFile.Folder, overlay))))
        {
            var copy = Path.Combine(_folder.FullName, Path.GetRelativePath(ComposeFile.Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    /// <summary>A deployment and a service for each project, as the templates of aspirate 9.1.0 have them.</summary>
    private void WriteBase()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder.FullName, "kustomize")).FullName;
        File.WriteAllText(Path.Combine(folder, "kustomization.yaml"), $"resources:{string.Concat(Services.Select(service => $"\n- {service}.yaml"))}\n");
        foreach (var service in Services)
        {
            File.WriteAllText(Path.Combine(folder, $"{service}.yaml"), $$"""
                apiVersion: v1
                kind: ConfigMap
                metadata: { name: {{service}}-env }
                data: { NVIDIA_VISIBLE_DEVICES: all, NVIDIA_DRIVER_CAPABILITIES: "compute,utility" }
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata: { name: {{service}}, labels: { app: {{service}} } }
                spec:
                  minReadySeconds: 60
                  replicas: 1
                  selector: { matchLabels: { app: {{service}} } }
                  strategy: { type: Recreate }
                  template:
                    metadata: { labels: { app: {{service}} } }
                    spec:
                      containers:
                      - name: {{service}}
                        image: {{service}}:latest
                        imagePullPolicy: Always
                        ports: [{ name: http, containerPort: 8080 }]
                        envFrom: [{ configMapRef: { name: {{service}}-env } }]
                      terminationGracePeriodSeconds: 180
                ---
                apiVersion: v1
                kind: Service
                metadata: { name: {{service}} }
                spec:
                  type: ClusterIP
                  selector: { app: {{service}} }
                  ports: [{ name: http, port: 8080, targetPort: 8080 }]
                """);
        }
    }

    private string Kustomize(string overlay)
    {
        try
        {
            using var kubectl = Process.Start(new ProcessStartInfo("kubectl", ["kustomize", Path.Combine(_folder.FullName, overlay)]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var rendered = kubectl.StandardOutput.ReadToEnd();
            var complained = kubectl.StandardError.ReadToEnd();
            kubectl.WaitForExit();
            Assert.True(kubectl.ExitCode == 0, complained);
            return rendered;
        }
        catch (Win32Exception)
        {
            Assert.Skip("kubectl, which renders the overlay, was not found.");
            throw;
        }
    }
}
