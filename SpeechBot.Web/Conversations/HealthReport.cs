using System.Globalization;
using System.Text.Json;

namespace SpeechBot.Web.Conversations;

/// <summary>The answer of a service's <c>/health</c> → what the page says of it.</summary>
internal static class HealthReport
{
    /// <summary>Reads the report; the check that is not healthy speaks for the service, else the one that knows the model.</summary>
    internal static ServiceStatus Read(ServiceStatus status, string json, bool ready)
    {
        var model = default(JsonElement);
        try
        {
            using var report = JsonDocument.Parse(json);
            if (report.RootElement.ValueKind == JsonValueKind.Object && report.RootElement.TryGetProperty("checks", out var checks))
            {
                model = checks.EnumerateObject().Select(check => check.Value)
                    .OrderByDescending(check => Text(check, "status") != "Healthy").ThenByDescending(check => check.TryGetProperty("data", out _))
                    .FirstOrDefault().Clone();
            }
        }
        catch (JsonException)
        {
            // Another server took the service's place: ready or not is all that can be told.
        }

        var data = model.ValueKind == JsonValueKind.Object && model.TryGetProperty("data", out var found) ? found : default;
        return status with
        {
            Ready = ready,
            Detail = ready ? null : Text(model, "reason") ?? "not ready",
            Model = Text(data, "model") ?? status.Model,
            Accelerator = Text(data, "accelerator") ?? status.Accelerator,
            LastLoadSeconds = ready && double.TryParse(Text(data, "seconds"), CultureInfo.InvariantCulture, out var seconds) ? seconds : status.LastLoadSeconds,
        };
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value.ToString() : null;
}
