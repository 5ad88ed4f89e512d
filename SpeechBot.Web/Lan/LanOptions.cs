using System.ComponentModel.DataAnnotations;

namespace SpeechBot.Web.Lan;

/// <summary>Opens the page to the local network over https; the section <c>Lan</c> of the configuration.</summary>
public sealed class LanOptions
{
    // "Lan": { "Enabled": true, "Port": 5443, "Hosts": "192.168.1.5;my-pc.local" }

    /// <summary>The section's name.</summary>
    public const string Section = "Lan";

    /// <summary>Listen beyond this machine. Refused without a key.</summary>
    public bool Enabled { get; set; }

    /// <summary>The address to listen on; the default is all of them.</summary>
    [Required]
    public string Address { get; set; } = "0.0.0.0";

    /// <summary>The port of https; 0 is any free one.</summary>
    [Range(0, 65535)]
    public int Port { get; set; } = 5443;

    /// <summary>Addresses and names, separated by semicolons, by which others call this machine; the certificate is made for them.</summary>
    public string Hosts { get; set; } = "";

    /// <summary>Where the certificate is kept; the default is a folder of the user.</summary>
    public string Folder { get; set; } = "";

    /// <summary><see cref="Hosts"/> one by one.</summary>
    internal IReadOnlyList<string> HostList => Hosts.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>The page's address for other devices.</summary>
    internal IEnumerable<Uri> Pages => HostList.Select(host => new Uri($"https://{host}:{Port}"));
}
