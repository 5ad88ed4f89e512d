using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.ML.OnnxRuntime;

namespace SpeechBot.Tts.Speech;

/// <summary>
/// Copies of voices as ONNX Runtime has optimised them for this processor, in the user's cache folder. From one a voice loads five times
/// faster, and its two sessions share the mapped file. Where the folder cannot be used, voices load as they are.
/// </summary>
public sealed partial class OptimisedVoices(IOptions<SpeechOptions> options, ILogger<OptimisedVoices> logger)
{
    private const string Off = "off";

    private string Folder => options.Value.CachePath is { Length: > 0 } path ? path
        : Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify) is { Length: > 0 } user
        ? Path.Combine(user, "SpeechBot", "voices")
        : throw new IOException("this user has no folder for application data");

    /// <summary>The path of the optimised copy, which is made where there is none yet; null where that is impossible.</summary>
    public string? Find(string voicePath)
    {
        if (string.Equals(options.Value.CachePath, Off, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        try
        {
            var path = Path.Combine(Folder, $"{Path.GetFileNameWithoutExtension(voicePath)}-{Key(voicePath)}.ort");
            if (!File.Exists(path))
            {
                Directory.CreateDirectory(Folder);
                Make(voicePath, path);
            }

            return path;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or OnnxRuntimeException or InvalidDataException or NotSupportedException)
        {
            LogUncached(logger, voicePath, exception.Message);
            return null;
        }
    }

    /// <summary>Throws a copy away that turned out to be unusable.</summary>
    public void Forget(string optimisedPath, Exception reason)
    {
        LogForgotten(logger, optimisedPath, reason.Message);
        try
        {
            File.Delete(optimisedPath);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogUncached(logger, optimisedPath, exception.Message);
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
        var parts = $"{Convert.ToHexString(SHA256.HashData(voice))}|{OrtEnv.Instance().GetVersionString()}|{RuntimeInformation.ProcessArchitecture}|{width}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(parts)))[..16];
    }

    private static void Make(string voicePath, string path)
    {
        var draft = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            OnnxVoiceSession.Optimise(voicePath, draft);
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
