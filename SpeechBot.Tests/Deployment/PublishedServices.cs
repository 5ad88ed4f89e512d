using System.Diagnostics;
using System.Reflection;

namespace SpeechBot.Tests.Deployment;

/// <summary>The services as <c>dotnet publish -c Release</c> puts them out: made once in a test run, and anew only what has changed.</summary>
internal static class PublishedServices
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);
    private static readonly Lazy<Task> Publishing = new(RunAsync);

    /// <summary>Publishes all services, unless that was done already.</summary>
    public static Task PublishAsync() => Publishing.Value;

    /// <summary>Where a service is, such as <c>stt</c>.</summary>
    public static string Folder(string service) => Path.Combine(Fact("ArtifactsPath"), "publish", Path.GetFileNameWithoutExtension(Assembly(service)), "release");

    /// <summary>The file to start it by.</summary>
    public static string Assembly(string service) => $"SpeechBot.{char.ToUpperInvariant(service[0])}{service[1..]}.dll";

    private static async Task RunAsync()
    {
        string[] arguments =
        [
            "publish", Path.Combine(ComposeFile.Folder, "services.proj"), "-c", "Release", "--no-restore", "-nologo", "-v:q",
            $"-p:Feed={Fact("Feed")}", $"-p:ArtifactsPath={Fact("ArtifactsPath")}",
            // The build of the tests has looked at the same sources already.
            "-p:RunAnalyzers=false",
            // Neither may outlive the build: both would keep its output open.
            "-nodeReuse:false", "-p:UseSharedCompilation=false",
        ];
        using var publish = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var said = publish.StandardOutput.ReadToEndAsync(patience.Token);
            var complained = publish.StandardError.ReadToEndAsync(patience.Token);
            await publish.WaitForExitAsync(patience.Token);
            Assert.True(publish.ExitCode == 0, $"Publishing the services failed: {await said}{await complained}");
        }
        catch (OperationCanceledException)
        {
            publish.Kill(entireProcessTree: true);
            Assert.Fail($"Publishing the services took more than {Patience.TotalMinutes} minutes.");
        }
    }

    private static string Fact(string name) => typeof(PublishedServices).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(fact => fact.Key == name).Value!;
}
