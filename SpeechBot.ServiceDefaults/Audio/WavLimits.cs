namespace SpeechBot.ServiceDefaults.Audio;

/// <summary>How much sound a WAV file may hold; what is over is refused with a <see cref="WavFormatException"/>.</summary>
public sealed record WavLimits
{
    public static WavLimits Default { get; } = new();

    /// <summary>Size of the whole file. The default is the upload limit of OpenAI's API, 25 MiB.</summary>
    public long MaxBytes { get; init; } = 25 * 1024 * 1024;

    public TimeSpan MaxDuration { get; init; } = TimeSpan.FromMinutes(60);

    public int MaxChannels { get; init; } = 32;

    /// <summary>Lowest sampling rate in hertz.</summary>
    public int MinSampleRate { get; init; } = 4_000;

    /// <summary>Highest sampling rate in hertz.</summary>
    public int MaxSampleRate { get; init; } = 384_000;
}
