using Aspire.Hosting.ApplicationModel;
using SpeechBot.AppHost.Restart;

namespace SpeechBot.Tests.AppHost;

public sealed class RestartRecordTests
{
    private static readonly TimeSpan StableAfter = TimeSpan.FromMinutes(1);
    private readonly RestartRecord _record = new();

    [Fact]
    public void A_process_that_is_killed_has_crashed_once()
    {
        Assert.False(Sees(KnownResourceStates.Starting));
        Assert.False(Sees(KnownResourceStates.Running));
        Assert.True(Sees(KnownResourceStates.Finished, exitCode: 137));
        Assert.False(Sees(KnownResourceStates.Finished, exitCode: 137));
    }

    [Fact]
    public void A_process_that_was_asked_to_stop_has_not_crashed()
    {
        Sees(KnownResourceStates.Running);
        Sees(KnownResourceStates.Stopping);

        Assert.False(Sees(KnownResourceStates.Finished, exitCode: 143));
    }

    [Fact]
    public void A_process_that_ends_well_has_not_crashed()
    {
        Sees(KnownResourceStates.Running);

        Assert.False(Sees(KnownResourceStates.Finished, exitCode: 0));
    }

    [Fact]
    public void A_crash_after_a_stop_and_a_start_counts_again()
    {
        Sees(KnownResourceStates.Running);
        Sees(KnownResourceStates.Stopping);
        Sees(KnownResourceStates.Finished, exitCode: 0);
        Sees(KnownResourceStates.Running);

        Assert.True(Sees(KnownResourceStates.Finished, exitCode: 134));
    }

    [Fact]
    public void Tries_begin_anew_when_it_ran_well_for_a_while()
    {
        _record.Count(TimeSpan.FromSeconds(2), StableAfter);
        _record.Count(TimeSpan.FromSeconds(2), StableAfter);
        Assert.Equal(2, _record.Tries);

        _record.Count(TimeSpan.FromMinutes(5), StableAfter);
        Assert.Equal(1, _record.Tries);
    }

    private bool Sees(string state, int? exitCode = null) =>
        _record.HasCrashed(new CustomResourceSnapshot { ResourceType = "Project", Properties = [], State = state, ExitCode = exitCode });
}
