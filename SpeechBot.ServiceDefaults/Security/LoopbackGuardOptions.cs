namespace SpeechBot.ServiceDefaults.Security;

/// <summary>Who may call a service; the section <c>Security</c> of the configuration.</summary>
public sealed class LoopbackGuardOptions
{
    // "Security": { "AllowedHosts": "localhost;stt;my-pc.local", "AllowedOrigins": "https://my-pc.local:5443" }

    /// <summary>The section's name.</summary>
    public const string Section = "Security";

    /// <summary>Host names, separated by semicolons, that requests may name beside localhost and the loopback addresses; <c>*</c> allows any.</summary>
    public string AllowedHosts { get; set; } = "";

    /// <summary>Origins, separated by semicolons, whose pages may send POSTs and open WebSockets beside the service's own; <c>*</c> allows any.</summary>
    public string AllowedOrigins { get; set; } = "";
}
