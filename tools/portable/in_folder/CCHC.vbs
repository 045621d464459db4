' Opens the page of CCHC without a black window, of the folder or workbook dropped on it.
' No curly quotation mark stands here: relatives of this language take them for straight ones.
Option Explicit

Const TOLD = 3
Const HIDDEN = 0

Dim shell, files, app, base, own, python
Set shell = CreateObject("WScript.Shell")
Set files = CreateObject("Scripting.FileSystemObject")
app = files.BuildPath(files.GetParentFolderName(WScript.ScriptFullName), "app")
base = shell.Environment("PROCESS")("LOCALAPPDATA") & "\cchc"
own = base & "\@STAMP@"
python = own & "\env\Scripts\python.exe"
Main

Sub Main()
    Dim status
    If Not files.FileExists(app & "\uv.exe") Then
        Leave "Chưa thấy thư mục 'app' bên cạnh CCHC.vbs. Hãy giải nén toàn bộ tệp nén (nhấn chuột phải " & _
            "vào tệp nén, chọn 'Giải nén tất cả', 'Extract All'), rồi mở CCHC.vbs trong thư mục vừa giải nén."
    End If
    If Not files.FileExists(own & "\xong.txt") Then Prepare
    status = OpenPage()
    If status = 0 Or status = TOLD Then Exit Sub
    Prepare
    status = OpenPage()
    If status <> 0 And status <> TOLD Then NotOpened status
End Sub

Function OpenPage()
    Dim command
    command = Quoted(python) & " -I " & Quoted(app & "\start.py") & " open " & Quoted(own)
    If WScript.Arguments.Count > 0 Then command = command & " " & Quoted(WScript.Arguments(0))
    OpenPage = Run(command)
End Function

Sub Prepare()
    Dim found, status
    ' Away from here: uv would take the environment of a project that it stands in.
    shell.CurrentDirectory = files.GetParentFolderName(base)
    For Each found In Pythons()
        status = Run(Quoted(app & "\uv.exe") & " run -qq --no-config --offline --no-project --no-env-file" & _
            " --no-python-downloads --cache-dir " & Quoted(base & "\uv") & " --python " & Quoted(found) & _
            " python -I -B " & Quoted(app & "\start.py") & " prepare " & Quoted(own))
        If status = 0 Then Exit Sub
        If status = TOLD Then WScript.Quit TOLD
    Next
    If status < 0 Then
        Leave "Windows không cho chạy chương trình trong thư mục này:" & vbCrLf & app & "\uv.exe" & vbCrLf & _
            vbCrLf & "Nhờ người phụ trách máy tính xem mục 'Windows chặn' trong DOC-TRUOC.txt."
    End If
    If files.FileExists(app & "\python\python.exe") Then NotOpened status
    shell.Run "notepad.exe " & Quoted(app & "\CHUA-CO-PYTHON.txt"), 1, False
    Leave "Máy này chưa có Python @VERSIONS@ (bản 64-bit, tải từ python.org), mà CCHC cần để chạy. " & _
        "Nhờ người phụ trách máy tính cài giúp; tệp vừa mở nói rõ cần gì. Cài xong thì mở lại CCHC.vbs."
End Sub

Sub NotOpened(ByVal status)
    Leave "Chưa mở được CCHC (mã " & status & "). Gửi cho người phụ trách máy tính tệp này, nếu có:" & _
        vbCrLf & base & "\nhat-ky.txt"
End Sub

Function Pythons()
    If files.FileExists(app & "\python\python.exe") Then
        Pythons = Array(app & "\python\python.exe")
    Else
        Pythons = Array(@PYTHONS_VBS@)
    End If
End Function

Function Run(ByVal command)
    ' What the system does not let run is no reason to end with a message of its own.
    On Error Resume Next
    Run = shell.Run(command, HIDDEN, True)
    If Err.Number <> 0 Then Run = -1
End Function

Function Quoted(ByVal text)
    ' A drive is dropped as E:\, whose last letter would quote the quotation mark.
    If Right(text, 1) = "\" Then text = text & "."
    Quoted = """" & text & """"
End Function

Sub Leave(ByVal text)
    MsgBox text, vbExclamation, "CCHC"
    WScript.Quit 1
End Sub
