using QRCoder;

namespace SpeechBot.AppHost.Lan;

/// <summary>Tells how a phone gets in: an address, a key, and both as a code to scan.</summary>
public static class LanAnnouncement
{
    /// <summary>Writes to the terminal and not to a log, because the key is for those who sit here. Without a shared key everybody types their own.</summary>
    public static void Write(TextWriter terminal, Uri page, string? key)
    {
        // After the # a browser keeps it to itself: no server and no log sees it.
        var link = key is null ? page.ToString() : new Uri(page, $"/sign-in#key={Uri.EscapeDataString(key)}").ToString();
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(link, QRCodeGenerator.ECCLevel.L);
        using var code = new AsciiQRCode(data);
        terminal.WriteLine($"""

            Talk to SpeechBot from a phone or another computer of this network: {page}
            {(key is null ? "Everybody signs in with the key of their own." : $"The key is {key}, and this code holds both. Show it only to those who may come in.")}
            The device warns once, because this machine made its certificate itself: docs/security.md.

            {code.GetGraphicSmall()}

            """);
    }
}
