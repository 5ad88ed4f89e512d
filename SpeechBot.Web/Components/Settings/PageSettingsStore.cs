using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.JSInterop;

namespace SpeechBot.Web.Components.Settings;

/// <summary>The settings of this browser: read once from its localStorage, written there on every change.</summary>
public sealed class PageSettingsStore(IJSRuntime js)
{
    private const string Key = "speechbot";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    /// <summary>The settings as they are now.</summary>
    public PageSettings Value { get; private set; } = new();

    /// <summary>Raised after <see cref="Value"/> changed.</summary>
    public event Action? Changed;

    /// <summary>Reads what an earlier visit left. What cannot be read (an older version's, or somebody else's) counts as nothing.</summary>
    public async Task LoadAsync()
    {
        try
        {
            var text = await js.InvokeAsync<string?>("localStorage.getItem", Key);
            Value = text is null ? new() : JsonSerializer.Deserialize<PageSettings>(text, Json) ?? new();
        }
        catch (Exception exception) when (exception is JsonException or JSException)
        {
            Value = new();
        }

        Changed?.Invoke();
    }

    /// <summary>Changes the settings and keeps them.</summary>
    public async Task UpdateAsync(Func<PageSettings, PageSettings> change)
    {
        Value = change(Value);
        Changed?.Invoke();
        try
        {
            await js.InvokeVoidAsync("localStorage.setItem", Key, JsonSerializer.Serialize(Value, Json));
        }
        catch (JSException)
        {
            // A browser that keeps nothing (private window, storage full) still talks; only the next visit starts afresh.
        }
    }
}
