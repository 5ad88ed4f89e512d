using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace SpeechBot.Stt.Transcription;

/// <summary>A transcript in OpenAI's five formats.</summary>
internal static class TranscriptionFormats
{
    public static IResult ToResult(Transcript transcript, TranscriptionUpload upload) => upload.Format switch
    {
        TranscriptFormat.Text => TypedResults.Text(transcript.Text + "\n", "text/plain", Encoding.UTF8),
        TranscriptFormat.Srt => TypedResults.Text(ToSrt(transcript), "text/plain", Encoding.UTF8),
        TranscriptFormat.Vtt => TypedResults.Text(ToVtt(transcript), "text/vtt", Encoding.UTF8),
        TranscriptFormat.VerboseJson => TypedResults.Ok(ToVerboseJson(transcript, upload)),
        _ => TypedResults.Ok(new TranscriptionJson(transcript.Text, TranscriptionUsage.Of(transcript.Duration))),
    };

    private static string ToSrt(Transcript transcript)
    {
        var srt = new StringBuilder();
        foreach (var (number, segment) in transcript.Segments.Index())
        {
            srt.Append(CultureInfo.InvariantCulture, $"{number + 1}\n{Clock(segment.Start, ',')} --> {Clock(segment.End, ',')}\n{segment.Text}\n\n");
        }

        return srt.ToString();
    }

    private static string ToVtt(Transcript transcript)
    {
        var vtt = new StringBuilder("WEBVTT\n\n");
        foreach (var segment in transcript.Segments)
        {
            vtt.Append(CultureInfo.InvariantCulture, $"{Clock(segment.Start, '.')} --> {Clock(segment.End, '.')}\n{segment.Text}\n\n");
        }

        return vtt.ToString();
    }

    private static TranscriptionVerboseJson ToVerboseJson(Transcript transcript, TranscriptionUpload upload) => new(
        "transcribe",
        CultureInfo.GetCultureInfo(transcript.Language).EnglishName.ToLowerInvariant(),
        Math.Round(transcript.Duration.TotalSeconds, 3),
        transcript.Text,
        upload.SegmentTimes ? [.. transcript.Segments.Select((segment, id) => ToVerbose(segment, id, upload.Request.Temperature))] : null,
        upload.WordTimes ? [.. transcript.Segments.SelectMany(segment => segment.Words).Select(word => new TranscriptionVerboseWord(word.Text, word.Start.TotalSeconds, word.End.TotalSeconds))] : null,
        TranscriptionUsage.Of(transcript.Duration));

    private static TranscriptionVerboseSegment ToVerbose(TranscriptSegment segment, int id, double temperature) => new(
        id,
        (int)(segment.Start.TotalMilliseconds / 10),
        segment.Start.TotalSeconds,
        segment.End.TotalSeconds,
        " " + segment.Text,
        segment.Tokens,
        temperature,
        segment.AverageLogProbability,
        CompressionRatio(segment.Text),
        segment.NoSpeechProbability);

    // OpenAI's sign of repeated text: how much zlib shortens it.
    private static double CompressionRatio(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(bytes);
        }

        return bytes.Length == 0 ? 0 : (double)bytes.Length / packed.Length;
    }

    private static string Clock(TimeSpan time, char separator) =>
        string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours:00}:{time.Minutes:00}:{time.Seconds:00}{separator}{time.Milliseconds:000}");
}
