using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace LLama.Native;

/// <summary>Finds and loads libllama: ggml's parts first, then the back end that suits this CPU best.</summary>
internal static unsafe class LlamaLibrary
{
    internal const string Name = "llama";

    private static readonly Lock Gate = new();
    private static nint _llama;

    /// <summary>Called once for the assembly, so that the first native call finds the library.</summary>
#pragma warning disable CA2255 // The resolver must stand before any import is bound, whichever type is touched first.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Register() => NativeLibrary.SetDllImportResolver(typeof(LlamaLibrary).Assembly, Resolve);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) => name == Name ? Load() : 0;

    private static nint Load()
    {
        lock (Gate)
        {
            if (_llama != 0)
            {
                return _llama;
            }

            var folder = Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native", "llama");
            if (!Directory.Exists(folder))
            {
                throw new DllNotFoundException($"The llama.cpp libraries were expected in '{folder}'. Build again, so that npm fetches them and they are copied there.");
            }

            // .NET loads with RTLD_LOCAL, so each library must be there before the one that needs it. The sonames differ from
            // those of whisper.cpp's own ggml, hence both can live in one process.
            NativeLibrary.Load(Path.Combine(folder, "libggml-base.so"));
            var ggml = NativeLibrary.Load(Versioned(folder, "libggml.v"));
            var llama = NativeLibrary.Load(Versioned(folder, "libllama.v"));

            ((delegate* unmanaged<delegate* unmanaged<int, byte*, void*, void>, void*, void>)NativeLibrary.GetExport(llama, "llama_log_set"))(&Log, null);
            fixed (byte* path = Encoding.UTF8.GetBytes(folder + "\0"))
            {
                ((delegate* unmanaged<byte*, void>)NativeLibrary.GetExport(ggml, "ggml_backend_load_all_from_path"))(path);
            }

            ((delegate* unmanaged<void>)NativeLibrary.GetExport(llama, "llama_backend_init"))();
            NativeLibraryConfig.LLama.LibraryHasLoaded = true;
            return _llama = llama;
        }
    }

    private static string Versioned(string folder, string prefix) =>
        Directory.EnumerateFiles(folder, prefix + "*").FirstOrDefault()
        ?? throw new DllNotFoundException($"'{prefix}*' is missing from '{folder}'. Build again, so that npm fetches the llama.cpp libraries.");

    [UnmanagedCallersOnly]
    private static void Log(int level, byte* text, void* user)
    {
        try
        {
            NativeLogConfig.Callback?.Invoke((LLamaLogLevel)level, Marshal.PtrToStringUTF8((nint)text) ?? "");
        }
        catch (Exception)
        {
            // An exception must not cross into native code, and a lost log line is no reason to stop.
        }
    }
}
