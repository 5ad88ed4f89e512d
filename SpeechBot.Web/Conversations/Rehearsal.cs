using Microsoft.Extensions.Diagnostics.HealthChecks;
using SpeechBot.ServiceDefaults.Text;
using SpeechBot.Web.Clients;
using SpeechBot.Web.Realtime;

namespace SpeechBot.Web.Conversations;

/// <summary>
/// One question to itself as soon as everything is ready, spoken by the voice, heard by the ears and thought about by the brain: the first
/// turn of a process is half as slow again as the second, and nobody should have to wait for that. The sentence is never finished, so
/// that nothing of it is answered, recorded or remembered.
/// </summary>
public sealed class Rehearsal(
    ServiceStatusMonitor services, VoiceSessions sessions, SpeechClient voice, IConfiguration configuration, TimeProvider time, ILogger<Rehearsal> logger)
    : BackgroundService, IHealthCheck
{
    /// <summary>The setting that turns it off.</summary>
    public const string Setting = "Rehearsal";

    private const string Question = "Hello, can you hear me?";
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    // Long enough to be a pause, too short to be the end of a turn.
    private static readonly byte[] Pause = new byte[SpeechClient.SampleRate / 1000 * 120 * sizeof(short)];

    /// <summary>It is over, or will not be held.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Never unhealthy: it only tells whether the first turn will be as quick as the others.</summary>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(HealthCheckResult.Healthy(IsOver ? "ready" : "rehearsing", new Dictionary<string, object> { ["rehearsed"] = IsOver }));

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (configuration.GetValue(Setting, true))
            {
                await ReadyAsync(stoppingToken);
                using var patience = new CancellationTokenSource(Patience, time);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, patience.Token);
                await RehearseAsync(either.Token);
            }
        }
        // Whatever goes wrong, also a limit on sessions: a service must not end because a rehearsal did.
        catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
        {
            logger.RehearsalFailed(failure.Message);
        }
        finally
        {
            IsOver = true;
        }
    }

    private async Task ReadyAsync(CancellationToken cancellationToken)
    {
        while (!services.CanTalk)
        {
            await Task.Delay(Look, time, cancellationToken);
        }
    }

    private async Task RehearseAsync(CancellationToken cancellationToken)
    {
        await using var session = await sessions.CreateAsync(nameof(Rehearsal), cancellationToken: cancellationToken);
        await session.UpdateAsync(session.Settings with { TurnMode = TurnMode.HandsFree });
        var client = session.Attach();
        await session.HearingAsync(cancellationToken);
        await foreach (var pcm in voice.SpeakAsync(new Clause(Question, 0, IsCut: false, IsLast: true), null, 1, cancellationToken))
        {
            session.Append(pcm);
        }

        session.Append(Pause);
        while (!session.HasAnswerInHand)
        {
            await Task.Delay(Look, time, cancellationToken);
        }

        session.Detach(client);
        EventRehearsal.Hold();
    }
}
