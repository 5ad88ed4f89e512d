using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard.Wire;
using Grpc.Core;

namespace Aspire.Hosting.Dashboard;

/// <summary>Feeds the dashboard's Resources page: what there is, every change, every line, and commands back.</summary>
internal sealed class ResourceService(ApplicationView application) : Wire.DashboardService.DashboardServiceBase
{
    public override Task<ApplicationInformationResponse> GetApplicationInformation(ApplicationInformationRequest request, ServerCallContext context) =>
        Task.FromResult(new ApplicationInformationResponse { ApplicationName = application.Name });

    public override async Task WatchResources(WatchResourcesRequest request, IServerStreamWriter<WatchResourcesUpdate> responseStream, ServerCallContext context)
    {
        await responseStream.WriteAsync(new WatchResourcesUpdate { InitialData = new InitialResources() });
        await UntilTheEndAsync(context, async cancellationToken =>
        {
            await foreach (var change in application.Notifications.WatchAsync(cancellationToken).ConfigureAwait(false))
            {
                var changes = new ResourceChanges();
                changes.Value.Add(new ResourceChange { Upsert = ResourceMessages.Of(change) });
                await responseStream.WriteAsync(new WatchResourcesUpdate { Changes = changes }, cancellationToken).ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
    }

    public override Task WatchResourceConsoleLogs(WatchConsoleLogsRequest request, IServerStreamWriter<WatchConsoleLogsUpdate> responseStream, ServerCallContext context) =>
        UntilTheEndAsync(context, async cancellationToken =>
        {
            await foreach (var batch in application.Logs.WatchAsync(request.ResourceName).WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                var update = new WatchConsoleLogsUpdate();
                update.LogLines.AddRange(batch.Select(line => new ConsoleLogLineMessage { Text = line.Content, IsStdErr = line.IsErrorMessage, LineNumber = line.LineNumber }));
                await responseStream.WriteAsync(update, cancellationToken).ConfigureAwait(false);
                if (request.SuppressFollow)
                {
                    return;
                }
            }
        });

    public override async Task<CommandResponse> ExecuteResourceCommand(CommandRequest request, ServerCallContext context)
    {
        var result = await application.Commands.ExecuteAfterAskingAsync(request.ResourceName, request.CommandName, application.Questions, context.CancellationToken).ConfigureAwait(false);
        return new CommandResponse
        {
            Kind = result.Success ? CommandResponseKind.Succeeded : result.Canceled ? CommandResponseKind.Cancelled : CommandResponseKind.Failed,
            Message = result.Message ?? "",
        };
    }

    public override Task WatchInteractions(IAsyncStreamReader<InteractionRequest> requestStream, IServerStreamWriter<InteractionUpdate> responseStream, ServerCallContext context) =>
        UntilTheEndAsync(context, async cancellationToken =>
        {
            var asked = application.Questions.Join();
            try
            {
                await Task.WhenAll(TellAsync(), ListenAsync()).ConfigureAwait(false);
            }
            finally
            {
                application.Questions.Leave(asked);
            }

            async Task TellAsync()
            {
                await foreach (var update in asked.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                {
                    await responseStream.WriteAsync(update, cancellationToken).ConfigureAwait(false);
                }
            }

            async Task ListenAsync()
            {
                while (await requestStream.MoveNext(cancellationToken).ConfigureAwait(false))
                {
                    application.Questions.Take(requestStream.Current);
                }

                asked.Writer.TryComplete();
            }
        });

    private async Task UntilTheEndAsync(ServerCallContext context, Func<CancellationToken, Task> work)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, application.Stopping);
        try
        {
            await work(end.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
        }
    }
}

/// <summary>What the service shows of the application.</summary>
internal sealed record ApplicationView(string Name, ResourceNotificationService Notifications, ResourceLoggerService Logs, ResourceCommandService Commands, CommandQuestions Questions, CancellationToken Stopping);
