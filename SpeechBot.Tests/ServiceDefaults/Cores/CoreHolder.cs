using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SpeechBot.ServiceDefaults.Cores;

namespace SpeechBot.Tests.ServiceDefaults.Cores;

/// <summary>This test program started once more as a process that takes all cores and then does nothing, to be killed.</summary>
internal static class CoreHolder
{
    private const string Variable = "SPEECHBOT_TEST_HOLD_CORES";
    private const string Holding = "holding";

    /// <summary>Starts it and waits until it holds the tokens.</summary>
    public static async Task<Process> StartAsync(string name, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardInput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(CoreHolder).Assembly.Location);
        }

        start.Environment[Variable] = name;
        var process = Process.Start(start)!;
        Assert.Equal(Holding, await process.StandardOutput.ReadLineAsync(cancellationToken));
        return process;
    }

#pragma warning disable CA2255 // Runs before the test runner, and only in the process that was started for it.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void HoldIfAsked()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } name)
        {
            return;
        }

        var lease = new CoreLease(Options.Create(new CoreLeaseOptions { Lease = "on", Name = name }), TimeProvider.System, NullLogger<CoreLease>.Instance);
        var tokens = lease.AcquireSomeAsync().AsTask().GetAwaiter().GetResult();
        Console.WriteLine(tokens.Count > 0 ? Holding : "nothing to hold");
        Console.In.ReadToEnd();
        Environment.Exit(0);
    }
}
