using Microsoft.Extensions.Options;
using SpeechBot.Web.Clients;

namespace SpeechBot.Web.Conversations;

/// <summary>Knows which of the services behind the page can be used, by asking each for its health.</summary>
public sealed class ServiceStatusMonitor(
    IHttpClientFactory clients, ServiceAddresses addresses, IConversationStore history, BrainInfo brain, IOptions<BrainOptions> brainOptions,
    TimeProvider time, ILogger<ServiceStatusMonitor> logger) : BackgroundService
{
    internal const string ClientName = "health";

    private const string Memory = "cache";
    private const string BrainService = "llm";
    private static readonly TimeSpan WhileStarting = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan WhileReady = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(3);

    /// <summary>Ears, brain, voice and memory, in this order.</summary>
    public IReadOnlyList<ServiceStatus> Services { get; private set; } =
    [
        new("stt", "ears", false, "starting"),
        new(BrainService, "brain", false, "starting"),
        new("tts", "voice", false, "starting"),
        new(Memory, "memory", false, "starting"),
    ];

    /// <summary>Ears, brain and voice are ready: a person can talk. Without memory one can talk too.</summary>
    public bool CanTalk => Services.All(service => service.Ready || service.Name == Memory);

    /// <summary>Raised on any thread when <see cref="Services"/> changed.</summary>
    public event Action? Changed;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var before = Services;
            Services = await Task.WhenAll(before.Select(service => LookAsync(service, stoppingToken)));
            if (!Services.SequenceEqual(before))
            {
                Changed?.Invoke();
            }

            await Task.Delay(CanTalk ? WhileReady : WhileStarting, time, stoppingToken);
        }
    }

    private async Task<ServiceStatus> LookAsync(ServiceStatus before, CancellationToken cancellationToken)
    {
        var now = before.Name switch
        {
            Memory => before with { Ready = history.Saving, Detail = history.Saving ? null : "away: talks are not being saved" },
            BrainService when brainOptions.Value.BaseAddress is { } elsewhere => await AskBrainAsync(before with { Address = elsewhere.ToString() }, cancellationToken),
            _ => await AskHealthAsync(before, cancellationToken),
        };
        if (now.Ready != before.Ready)
        {
            Tell(now);
        }

        return now with { Restarts = before.Restarts + (now.Ready && !before.Ready && before.LastLoadSeconds is not null ? 1 : 0) };
    }

    private async Task<ServiceStatus> AskHealthAsync(ServiceStatus service, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(AnswerWithin, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            using var response = await clients.CreateClient(ClientName).GetAsync($"http://{service.Name}/health", either.Token);
            var status = HealthReport.Read(service, await response.Content.ReadAsStringAsync(either.Token), response.IsSuccessStatusCode);
            if (service.Name == BrainService && status.Ready && (!service.Ready || status.Model != service.Model))
            {
                await LearnModelAsync(either.Token);
            }

            return status with { Address = (await addresses.FindAsync(service.Name, either.Token)).ToString() };
        }
        catch (Exception away) when (!cancellationToken.IsCancellationRequested && away is HttpRequestException or OperationCanceledException)
        {
            return service with { Ready = false, Detail = service.LastLoadSeconds is null ? "starting" : "away, and started again" };
        }
    }

    /// <summary>A server of somebody else's has no health of ours, but it lists its models.</summary>
    private async Task<ServiceStatus> AskBrainAsync(ServiceStatus service, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(AnswerWithin, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            await LearnModelAsync(either.Token);
            return service with { Ready = true, Detail = null, Model = brain.Name };
        }
        catch (Exception away) when (!cancellationToken.IsCancellationRequested && away is HttpRequestException or OperationCanceledException)
        {
            return service with { Ready = false, Detail = $"no answer from {service.Address}" };
        }
    }

    private async Task LearnModelAsync(CancellationToken cancellationToken)
    {
        brain.Forget();
        await brain.LearnAsync(cancellationToken);
    }

    private void Tell(ServiceStatus service)
    {
        if (service.Ready)
        {
            logger.ServiceReady(service.Title);
        }
        else
        {
            logger.ServiceAway(service.Title, service.Detail ?? "");
        }
    }
}
