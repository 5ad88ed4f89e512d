using SpeechBot.ServiceDefaults.Audio;

namespace SpeechBot.Tests.Support;

/// <summary>The recordings under <c>Audio/</c>; its README says what is spoken in each.</summary>
public static class TestAudio
{
    public static string Folder => System.IO.Path.Combine(AppContext.BaseDirectory, "Audio");

    /// <summary>Path of a recording, such as <c>jfk.wav</c>.</summary>
    public static string Path(string name) => System.IO.Path.Combine(Folder, name);

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path(name));

    public static AudioClip Read(string name) => WavReader.Read(Bytes(name));

    /// <summary>A recording with silence around it, at the rate that a consumer wants.</summary>
    public static AudioClip Padded(string name, int rate, TimeSpan before, TimeSpan after) =>
        Joined(rate, Silence(rate, before), Read(name), Silence(rate, after));

    public static AudioClip Silence(int rate, TimeSpan length) => new(new float[(int)(rate * length.TotalSeconds)], rate);

    /// <summary>Clips one after the other, all at one rate.</summary>
    public static AudioClip Joined(int rate, params IEnumerable<AudioClip> clips) =>
        new([.. clips.SelectMany(clip => clip.To(rate).Samples)], rate);

    /// <summary>
    /// Writes a file for a browser's <c>--use-file-for-fake-audio-capture</c>: a second of silence, in which the page gets going, the
    /// recordings with <paramref name="pause"/> between them, and silence, in which it hears that they have ended.
    /// </summary>
    /// <param name="folder">Where to put the file; the caller deletes it.</param>
    /// <param name="names">Recordings, such as <c>jfk.wav</c>.</param>
    /// <param name="rate">24,000 or 48,000, which a browser's fake microphone plays without gaps.</param>
    /// <param name="before">Silence in front; a second when left out.</param>
    /// <param name="pause">Silence after each recording; three seconds when left out.</param>
    /// <returns>The file's path.</returns>
    public static string FakeMicrophone(string folder, IEnumerable<string> names, int rate = 48_000, TimeSpan? before = null, TimeSpan? pause = null)
    {
        var after = Silence(rate, pause ?? TimeSpan.FromSeconds(3));
        var parts = names.SelectMany(name => new[] { Read(name), after });
        var file = System.IO.Path.Combine(folder, $"microphone-{Guid.NewGuid():N}.wav");
        File.WriteAllBytes(file, WavWriter.ToBytes(Joined(rate, parts.Prepend(Silence(rate, before ?? TimeSpan.FromSeconds(1))))));
        return file;
    }
}
