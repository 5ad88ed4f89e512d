using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.ML.OnnxRuntime;

namespace SpeechBot.Tts.Speech;

/// <summary>
/// Copies of voices, cut in two halves (<see cref="PiperHalves"/>) and as ONNX Runtime has optimised them for this processor, in the user's
/// cache folder. From one a voice loads five times faster, and its sessions share the mapped files. Where the folder cannot be used, voices are
/// cut in memory at each start.
/// </summary>
public sealed partial class OptimisedVoices(IOptions<SpeechOptions> options, ILogger<OptimisedVoices> logger)
{
    private const string Off = "off";

    // Changes with what is written, so that copies of an older version are not taken for it.
    private const string Layout = "halves";

    private string Folder => options.Value.CachePath is { Length: > 0 } path ? path
        : Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify) is { Length: > 0 } user
        ? Path.Combine(user, "SpeechBot", "voices")
        : throw new IOException("this user has no folder for application data");

    /// <summary>The optimised copy, which is made where there is none yet; null where that is impossible.</summary>
    public OptimisedVoice? Find(string voicePath)
    {
        if (string.Equals(options.Value.CachePath, Off, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        try
        {
            var name = Path.Combine(Folder, $"{Path.GetFileNameWithoutExtension(voicePath)}-{Key(voicePath)}");
            var (whole, halves) = (new OptimisedVoice($"{name}.ort", null), new OptimisedVoice($"{name}.frames.ort", $"{name}.samples.ort"));
            return halves.Exists ? halves : whole.Exists ? whole : Make(voicePath, whole, halves);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or OnnxRuntimeException or InvalidDataException or NotSupportedException)
        {
            LogUncached(logger, voicePath, exception.Message);
            return null;
        }
    }

    /// <summary>Throws a copy away that turned out to be unusable.</summary>
    public void Forget(OptimisedVoice copy, Exception reason)
    {
        LogForgotten(logger, copy.FirstPath, reason.Message);
        foreach (var path in copy.Paths)
        {
            try
            {
                File.Delete(path);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                LogUncached(logger, path, exception.Message);
            }
        }
    }

    /// <summary>
    /// Another voice, another runtime or another processor needs another copy; the same voice in another folder does not. Reading the
    /// whole file for it takes 30 ms.
    /// </summary>
    private static string Key(string voicePath)
    {
        using var voice = File.OpenRead(voicePath);
        var width = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
        var parts = $"{Convert.ToHexString(SHA256.HashData(voice))}|{OrtEnv.Instance().GetVersionString()}|{RuntimeInformation.ProcessArchitecture}|{width}|{Layout}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(parts)))[..16];
    }

    private static OptimisedVoice Make(string voicePath, OptimisedVoice whole, OptimisedVoice halves)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(whole.FirstPath)!);
        if (PiperHalves.Of(voicePath) is not { } parts)
        {
            Make(File.ReadAllBytes(voicePath), whole.FirstPath);
            return whole;
        }

        Make(parts.Frames, halves.FirstPath);
        Make(parts.Samples, halves.SecondPath!);
        return halves;
    }

    private static void Make(byte[] network, string path)
    {
        var draft = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            OnnxVoiceSession.Optimise(network, draft);
            File.WriteAllBytes(draft, OrtModelShapes.Remove(File.ReadAllBytes(draft)));

            // Whoever starts at the same moment sees either no copy or a whole one.
            File.Move(draft, path, overwrite: true);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    [LoggerMessage(EventId = 4101, EventName = "VoiceNotCached", Level = LogLevel.Information, Message = "No optimised copy of {Voice} can be kept ({Reason}); it takes a second longer to load")]
    private static partial void LogUncached(ILogger logger, string voice, string reason);

    [LoggerMessage(EventId = 4102, EventName = "VoiceCopyForgotten", Level = LogLevel.Warning, Message = "The optimised copy {Path} cannot be used ({Reason}) and is made anew at the next start")]
    private static partial void LogForgotten(ILogger logger, string path, string reason);
}
