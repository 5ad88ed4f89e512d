using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SpeechBot.ServiceDefaults.Models;

/// <summary>
/// Loads and warms a service's model in the background, so that the service can answer health checks (and say why it is not ready) meanwhile.
/// A model that cannot be loaded leaves the service up and unhealthy: its reason is more use than a crash loop.
/// </summary>
public abstract partial class ModelLoader(ModelReadiness readiness, ILogger logger) : BackgroundService
{
    /// <summary>Loads and warms the model and ends with <see cref="ModelReadiness.Ready"/>.</summary>
    /// <param name="progress">Where to say what is going on.</param>
    /// <param name="cancellationToken">Cancelled when the service stops.</param>
    protected abstract Task LoadAsync(ModelReadiness progress, CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Loading is synchronous native work: off the thread that starts the host.
        await Task.Yield();
        try
        {
            await LoadAsync(readiness, stoppingToken);
            Leftovers.GiveBack();
            LogReady(logger, readiness.Model, readiness.Accelerator, readiness.Elapsed.TotalSeconds);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception)
        {
            readiness.Failed(exception);
            LogFailed(logger, exception, exception.Message);
        }
    }

    [LoggerMessage(EventId = 9101, EventName = "ModelReady", Level = LogLevel.Information, Message = "{Model} is ready on {Accelerator} after {Seconds:0.0} s")]
    private static partial void LogReady(ILogger logger, string? model, string? accelerator, double seconds);

    [LoggerMessage(EventId = 9102, EventName = "ModelFailed", Level = LogLevel.Error, Message = "The model cannot be used: {Reason}")]
    private static partial void LogFailed(ILogger logger, Exception exception, string reason);
}
