namespace SpeechBot.AppHost.Startup;

/// <summary>A port that somebody else has.</summary>
/// <param name="Port">The port.</param>
/// <param name="Who">Who needs it.</param>
/// <param name="Where">Where another port can be chosen.</param>
public sealed record TakenPort(int Port, string Who, string Where)
{
    /// <summary>What happened and what to do.</summary>
    public string Advice =>
        $"Port {Port} is in use, and {Who} needs it. Perhaps SpeechBot is already running; 'ss -ltnp sport = :{Port}' (Linux) or 'lsof -i :{Port}' (macOS) names the program. End it, or choose another port for {Who} in {Where}.";
}
