using System.ComponentModel;
using System.Diagnostics;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Running;

/// <summary>The command that runs a container in the foreground, so that it ends with the host.</summary>
internal static class ContainerCommand
{
    public static ResourceStartInfo For(ContainerResource container, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, string workingDirectory)
    {
        List<string> command = ["run", "--rm", "--init", "--name", $"{container.Name}-{Guid.NewGuid().ToString("n")[..8]}"];
        foreach (var endpoint in container.Annotations.OfType<EndpointAnnotation>())
        {
            command.AddRange(["--publish", $"127.0.0.1:{endpoint.AllocatedEndpoint!.Port}:{endpoint.TargetPort}"]);
        }

        foreach (var mount in container.Annotations.OfType<ContainerMountAnnotation>())
        {
            command.AddRange(["--volume", $"{mount.Source}:{mount.Target}{(mount.IsReadOnly ? ":ro" : "")}"]);
        }

        foreach (var name in environment.Keys)
        {
            // Only the name: the value comes out of the client's own environment and stays off the command line.
            command.AddRange(["--env", name]);
        }

        if (container.Entrypoint is { } entrypoint)
        {
            command.AddRange(["--entrypoint", entrypoint]);
        }

        command.Add(Image(container));
        command.AddRange(arguments);
        return new ResourceStartInfo(Environment.GetEnvironmentVariable("ASPIRE_CONTAINER_RUNTIME") ?? (Answers("docker") ? "docker" : "podman"), command, workingDirectory, environment);
    }

    /// <summary>A client without an engine is common, so the engine itself is asked.</summary>
    private static bool Answers(string client)
    {
        try
        {
            using var info = Process.Start(new ProcessStartInfo(client, "info") { RedirectStandardOutput = true, RedirectStandardError = true })!;
            info.BeginOutputReadLine();
            info.BeginErrorReadLine();
            return info.WaitForExit(TimeSpan.FromSeconds(3)) && info.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    public static string Image(IResource container)
    {
        var image = container.Annotations.OfType<ContainerImageAnnotation>().Last();
        return $"{(image.Registry is null ? "" : image.Registry + "/")}{image.Image}{(image.Tag is null ? "" : ":" + image.Tag)}";
    }
}
