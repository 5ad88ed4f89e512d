using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard.Wire;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Dashboard;

/// <summary>Snapshots in → the messages that the dashboard reads.</summary>
internal static class ResourceMessages
{
    public static ResourceMessage Of(ResourceEvent change)
    {
        var now = change.Snapshot;
        var message = new ResourceMessage
        {
            Name = change.ResourceId,
            DisplayName = change.Resource.Name,
            ResourceType = now.ResourceType,
            Uid = change.ResourceId,
            State = now.State?.Text ?? "",
            StateStyle = now.State?.Style ?? "",
            IsHidden = now.IsHidden,
            CreatedAt = At(now.CreationTimeStamp),
            StartedAt = At(now.StartTimeStamp),
            StoppedAt = At(now.StopTimeStamp),
        };
        message.Environment.AddRange(now.EnvironmentVariables.Select(variable => new EnvironmentVariableMessage { Name = variable.Name, Value = variable.Value ?? "", IsFromSpec = variable.IsFromSpec }));
        message.Relationships.AddRange(now.Relationships.Select(line => new RelationshipMessage { ResourceName = line.ResourceName, Type = line.Type }));
        message.Properties.AddRange(Facts(change).Select(Property));
        message.Urls.AddRange(now.Urls.Select(Url));
        message.HealthReports.AddRange(now.HealthReports.Select(Health));
        message.Commands.AddRange(now.Commands.Select(Command));
        return message;
    }

    private static IEnumerable<ResourcePropertySnapshot> Facts(ResourceEvent change)
    {
        var now = change.Snapshot;
        return
        [
            new("resource.uid", change.ResourceId),
            new("resource.name", change.ResourceId),
            new("resource.type", now.ResourceType),
            new("resource.displayName", change.Resource.Name),
            new("resource.state", now.State?.Text),
            new("resource.exitCode", now.ExitCode?.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            new("resource.createTime", now.CreationTimeStamp?.ToString("O")),
            new("resource.startTime", now.StartTimeStamp?.ToString("O")),
            new("resource.stopTime", now.StopTimeStamp?.ToString("O")),
            new("resource.healthState", now.HealthStatus?.ToString()),
            .. now.Properties,
        ];
    }

    private static PropertyMessage Property(ResourcePropertySnapshot property) => new()
    {
        Name = property.Name,
        Value = Wrap(property.Value),
        IsSensitive = property.IsSensitive,
        // The dashboard knows the names with a dot; the application's own are shown because they are its own.
        IsHighlighted = !property.Name.Contains('.', StringComparison.Ordinal),
    };

    private static Value Wrap(object? value) => value switch
    {
        null => Value.ForNull(),
        int number => Value.ForNumber(number),
        IEnumerable<string> list => Value.ForList([.. list.Select(Value.ForString)]),
        _ => Value.ForString(value.ToString() ?? ""),
    };

    private static UrlMessage Url(UrlSnapshot url) => new()
    {
        EndpointName = url.Name ?? "",
        FullUrl = url.Url,
        IsInternal = url.IsInternal,
        IsInactive = url.IsInactive,
        DisplayProperties = new UrlDisplayMessage { DisplayName = url.DisplayProperties.DisplayName, SortOrder = url.DisplayProperties.SortOrder },
    };

    private static HealthReportMessage Health(HealthReportSnapshot report)
    {
        var message = new HealthReportMessage { Key = report.Name, Description = report.Description ?? "", Exception = report.ExceptionText ?? "", LastRunAt = At(report.LastRunAt) };
        if (report.Status is { } status)
        {
            message.Status = status switch
            {
                HealthStatus.Healthy => HealthStatusValue.Healthy,
                HealthStatus.Degraded => HealthStatusValue.Degraded,
                _ => HealthStatusValue.Unhealthy,
            };
        }

        return message;
    }

    private static CommandMessage Command(ResourceCommandSnapshot command) => new()
    {
        Name = command.Name,
        DisplayName = command.DisplayName,
        DisplayDescription = command.DisplayDescription ?? "",
        ConfirmationMessage = command.ConfirmationMessage ?? "",
        IconName = command.IconName ?? "",
        IconVariant = command.IconVariant == IconVariant.Filled ? IconVariantValue.Filled : IconVariantValue.Regular,
        IsHighlighted = command.IsHighlighted,
        State = command.State switch
        {
            ResourceCommandState.Disabled => CommandStateValue.Disabled,
            ResourceCommandState.Hidden => CommandStateValue.Hidden,
            _ => CommandStateValue.Enabled,
        },
    };

    private static Timestamp? At(DateTime? time) => time is { } known ? Timestamp.FromDateTime(known.ToUniversalTime()) : null;
}
